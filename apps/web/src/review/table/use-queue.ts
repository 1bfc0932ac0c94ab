import { useInfiniteQuery } from '@tanstack/react-query';
import { api } from '../../shell/api.ts';
import { useReviewSearch } from '../filter/use-review-search.ts';

const PAGE = 50;

/** The queue in pages, as the address asks for it. */
export function useQueue() {
  const { filter, order } = useReviewSearch();
  return useInfiniteQuery({
    queryKey: ['review', 'queue', filter, order],
    queryFn: ({ pageParam, signal }) =>
      api.reviewQueue(
        { query: { ...filter, order, limit: PAGE, ...(pageParam !== null && { cursor: pageParam }) } },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });
}
