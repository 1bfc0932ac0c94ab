import { queryOptions } from '@tanstack/react-query';
import { api } from '../../shell/api.ts';

/** One item with its whole context. It is ours while we hold it, so what was read ahead stays true. */
export function itemQuery(id: string) {
  return queryOptions({
    queryKey: ['review', 'item', id],
    queryFn: ({ signal }) => api.getReviewItem({ params: { id } }, { signal }),
    staleTime: 4 * 60_000,
  });
}
