import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api } from '../../shell/api.ts';

/** Reports, newest first. */
export const reportsQuery = infiniteQueryOptions({
  queryKey: ['reports', 'list'],
  queryFn: ({ pageParam, signal }) =>
    api.listReports({ query: { limit: 30, ...(pageParam !== null && { cursor: pageParam }) } }, { signal }),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.next_cursor,
});

/** One report, with what was done of what it proposes. */
export function reportQuery(id: string) {
  return queryOptions({
    queryKey: ['reports', id],
    queryFn: ({ signal }) => api.getReport({ params: { id } }, { signal }),
  });
}
