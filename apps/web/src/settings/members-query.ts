import { infiniteQueryOptions } from '@tanstack/react-query';
import { api } from '../shell/api.ts';

/** The members of the organisation, in pages. */
export const membersQuery = infiniteQueryOptions({
  queryKey: ['members'],
  queryFn: ({ pageParam, signal }) =>
    api.listMembers({ query: { limit: 100, ...(pageParam !== null && { cursor: pageParam }) } }, { signal }),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.next_cursor,
});
