import { infiniteQueryOptions } from '@tanstack/react-query';
import { api } from '../shell/api.ts';

/** The judging projects of the organisation, in pages. */
export const projectsQuery = infiniteQueryOptions({
  queryKey: ['judging', 'projects'],
  queryFn: ({ pageParam, signal }) =>
    api.listJudgingProjects(
      { query: { limit: 30, ...(pageParam !== null && { cursor: pageParam }) } },
      { signal },
    ),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.next_cursor,
});
