import { queryOptions } from '@tanstack/react-query';
import { api } from '../shell/api.ts';

/** Loading takes a minute or two; it is looked at again meanwhile. */
const AGAIN_MS = 2000;

/** Whether the demo is there, or how far its loading is. */
export const demoQuery = queryOptions({
  queryKey: ['demo'],
  queryFn: ({ signal }) => api.getDemo({}, { signal }),
  staleTime: 5 * 60_000,
  refetchInterval: ({ state }) => (state.data?.state === 'loading' && !state.data.failed ? AGAIN_MS : false),
});
