import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query';
import { api } from '../../shell/api.ts';

/** A person's own conversations, the newest first; `q` searches titles, questions and answers. */
export function conversationsQuery(q: string) {
  return infiniteQueryOptions({
    queryKey: ['conversations', q],
    queryFn: ({ pageParam, signal }) =>
      api.listConversations(
        {
          query: { limit: 40, ...(q !== '' && { q }), ...(pageParam !== null && { cursor: pageParam }) },
        },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
  });
}
