import { queryOptions } from '@tanstack/react-query';
import { api } from '../../shell/api.ts';

/** One judging project as curators see it. */
export function projectQuery(id: string) {
  return queryOptions({
    queryKey: ['judging', 'project', id],
    queryFn: ({ signal }) => api.getJudgingProject({ params: { id } }, { signal }),
  });
}
