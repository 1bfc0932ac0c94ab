import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api } from '../../shell/api.ts';

/** How often rules are looked at while somebody watches: they act by themselves. */
const LOOK_MS = 3000;

export const rulesQuery = infiniteQueryOptions({
  queryKey: ['retraining', 'rules'],
  queryFn: ({ pageParam, signal }) =>
    api.listRetrainingRules(
      { query: { limit: 30, ...(pageParam !== null && { cursor: pageParam }) } },
      { signal },
    ),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.next_cursor,
  refetchInterval: LOOK_MS,
});

export function ruleQuery(id: string) {
  return queryOptions({
    queryKey: ['retraining', 'rules', id],
    queryFn: ({ signal }) => api.getRetrainingRule({ params: { id } }, { signal }),
    refetchInterval: LOOK_MS,
  });
}

/** What the rule sees now. */
export function dryRunQuery(id: string) {
  return queryOptions({
    queryKey: ['retraining', 'rules', id, 'dry-run'],
    queryFn: ({ signal }) => api.dryRunRetraining({ params: { id } }, { signal }),
    refetchInterval: LOOK_MS,
  });
}

export function decisionsQuery(id: string) {
  return infiniteQueryOptions({
    queryKey: ['retraining', 'rules', id, 'decisions'],
    queryFn: ({ pageParam, signal }) =>
      api.listRetrainingDecisions(
        { params: { id }, query: { limit: 30, ...(pageParam !== null && { cursor: pageParam }) } },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    refetchInterval: LOOK_MS,
  });
}

/** The model that a rule's run made; asked again, as others may deploy it. */
export function retrainedModelQuery(model: string) {
  return queryOptions({
    queryKey: ['models', 'retrained', model],
    queryFn: ({ signal }) => api.getModel({ params: { id: model } }, { signal }),
    refetchInterval: LOOK_MS,
  });
}
