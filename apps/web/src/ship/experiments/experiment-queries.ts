import type { Experiment, ExperimentStatus } from '@attune/contracts';
import { infiniteQueryOptions, type Query, queryOptions } from '@tanstack/react-query';
import { api } from '../../shell/api.ts';

/** How often what runs is looked at. */
const LOOK_MS = 3000;

/** Experiments, newest first. */
export function experimentsQuery(status: ExperimentStatus | undefined) {
  return infiniteQueryOptions({
    queryKey: ['experiments', 'list', status ?? null],
    queryFn: ({ pageParam, signal }) =>
      api.listExperiments(
        { query: { limit: 30, ...(status && { status }), ...(pageParam !== null && { cursor: pageParam }) } },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    refetchInterval: ({ state: { data } }) =>
      data?.pages.some(({ items }) => items.some((experiment) => experiment.status === 'running'))
        ? LOOK_MS
        : false,
  });
}

/** One experiment; looked at again while it runs. */
export function experimentQuery(id: string) {
  return queryOptions({
    queryKey: ['experiments', id],
    queryFn: ({ signal }) => api.getExperiment({ params: { id } }, { signal }),
    refetchInterval: ({ state: { data } }: Query<Experiment>) =>
      data?.status === 'running' ? LOOK_MS : false,
  });
}

/** The intervals of an experiment over time; grow while it runs. */
export function looksQuery({ id, status }: Pick<Experiment, 'id' | 'status'>) {
  return queryOptions({
    queryKey: ['experiments', id, 'looks', status],
    queryFn: ({ signal }) => api.experimentHistory({ params: { id } }, { signal }),
    refetchInterval: status === 'running' ? LOOK_MS : false,
    placeholderData: (before) => before,
  });
}

/** Reward models that may take part, newest first. */
export const candidatesQuery = queryOptions({
  queryKey: ['models', 'for experiments'],
  queryFn: ({ signal }) => api.listModels({ query: { kind: 'reward', limit: 200 } }, { signal }),
});
