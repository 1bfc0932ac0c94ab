import type { Me } from '@attune/contracts';
import { queryOptions, useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
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

/** Ends the session and forgets everything that was shown in it. */
export function useSignOut() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => api.signOut(),
    onSuccess: () => {
      sessionStorage.clear();
      queries.clear();
      queries.setQueryData(meQuery.queryKey, null);
    },
  });
}
