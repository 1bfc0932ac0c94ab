import { queryOptions } from '@tanstack/react-query';
import { api } from '../../shell/api.ts';

/** Guidelines and questions of a project, as its judges read them. */
export type Guide = Awaited<ReturnType<typeof api.judgingGuide>>;

export function guideQuery(id: string) {
  return queryOptions({
    queryKey: ['judging', 'guide', id],
    queryFn: ({ signal }): Promise<Guide> => api.judgingGuide({ params: { id } }, { signal }),
    // The questions of a project that runs never change.
    staleTime: 60_000,
  });
}
