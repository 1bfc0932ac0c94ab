import { infiniteQueryOptions } from '@tanstack/react-query';
import { api } from '../shell/api.ts';

/** The API keys of the organisation, in pages. */
export const keysQuery = infiniteQueryOptions({
  queryKey: ['keys'],
  queryFn: ({ pageParam, signal }) =>
    api.listKeys({ query: { limit: 100, ...(pageParam !== null && { cursor: pageParam }) } }, { signal }),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.next_cursor,
});
