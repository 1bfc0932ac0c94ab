import { queryOptions } from '@tanstack/react-query';
import { api } from '../../shell/api.ts';

/** One pair, as it is on the server now. */
export const pairQuery = (id: string) =>
  queryOptions({
    queryKey: ['pairs', 'one', id],
    queryFn: ({ signal }) => api.getPair({ params: { id } }, { signal }),
    // What is being edited must not change under one's hands.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
