import type { Me } from '@attune/contracts';
import {
  type QueryClient,
  queryOptions,
  useMutation,
  useQueryClient,
  useSuspenseQuery,
} from '@tanstack/react-query';
import { api } from './api.ts';
import { isSignedOut } from './said-error.ts';

/** Who is signed in; null when nobody is. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }): Promise<Me | null> =>
    api.whoAmI({}, { signal }).catch((error: unknown) => {
      if (isSignedOut(error)) return null;
      throw error;
    }),
  staleTime: 5 * 60_000,
});

/** The signed-in person; only inside the frame, which shows nothing else to strangers. */
export function useMe(): Me {
  const { data } = useSuspenseQuery(meQuery);
  if (data === null) throw new Error('Nobody is signed in.');
  return data;
}

/**
 * The page belongs to somebody else from now on, or to nobody: what was read, asked and said before is theirs and is
 * forgotten. Who is signed in is set, not removed: the frame is looking at it.
 */
export function handOver(queries: QueryClient, me: Me | null): void {
  sessionStorage.clear();
  queries.setQueryData(meQuery.queryKey, me);
  queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== meQuery.queryKey[0] });
}

/** Ends the session. */
export function useSignOut() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => api.signOut(),
    onSuccess: () => handOver(queries, null),
  });
}
