import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api } from '../../shell/api.ts';
import type { AlertsSearch } from './alerts-search.ts';

/** How often messages and alerts are looked at while somebody watches: they change by themselves. */
const LOOK_MS = 5000;

/** Every alert, the newest first. */
export function historyQuery({ state, kind }: Pick<AlertsSearch, 'state' | 'kind'>) {
  return infiniteQueryOptions({
    queryKey: ['alerts', 'history', state ?? null, kind ?? null],
    queryFn: ({ pageParam, signal }) =>
      api.listAlerts(
        {
          query: {
            limit: 30,
            ...(state && { state }),
            ...(kind && { kind }),
            ...(pageParam !== null && { cursor: pageParam }),
          },
        },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    refetchInterval: LOOK_MS,
  });
}

export const rulesQuery = queryOptions({
  queryKey: ['alert-rules'],
  queryFn: ({ signal }) => api.alertRules({}, { signal }),
});

export const channelsQuery = queryOptions({
  queryKey: ['alert-channels'],
  queryFn: ({ signal }) => api.alertChannels({}, { signal }),
  refetchInterval: LOOK_MS,
});

export const silencesQuery = queryOptions({
  queryKey: ['alert-silences'],
  queryFn: ({ signal }) => api.listAlertSilences({ query: { active: 'true', limit: 200 } }, { signal }),
});
