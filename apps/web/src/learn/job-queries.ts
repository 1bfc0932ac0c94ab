import type { Job } from '@attune/contracts';
import { type Query, queryOptions } from '@tanstack/react-query';
import { api } from '../shell/api.ts';
import { hasEnded } from './job-state.ts';

/** How often a run that goes on is looked at. */
const LOOK_MS = 2000;

/** One run; looked at again until it has ended. */
export function jobQuery(id: string) {
  return queryOptions({
    queryKey: ['jobs', id],
    queryFn: ({ signal }) => api.getJob({ params: { id } }, { signal }),
    refetchInterval: ({ state: { data } }: Query<Job>) => (data && hasEnded(data) ? false : LOOK_MS),
  });
}

/** A run's measurements, at most a thousand points each; grows while it runs. */
export function curvesQuery(id: string, goesOn: boolean) {
  return queryOptions({
    queryKey: ['jobs', id, 'metrics', goesOn],
    queryFn: ({ signal }) => api.jobMetrics({ params: { id }, query: { points: 1000 } }, { signal }),
    refetchInterval: goesOn ? LOOK_MS : false,
    placeholderData: (before) => before,
  });
}

/** How people judged a run's samples. */
export function judgedSamplesQuery(id: string) {
  return queryOptions({
    queryKey: ['jobs', id, 'judged-samples'],
    queryFn: ({ signal }) => api.judgedSamples({ params: { id } }, { signal }),
    refetchInterval: LOOK_MS,
  });
}

/** Runs that can be compared with another. */
export function otherJobsQuery(recipe: Job['recipe']) {
  return queryOptions({
    queryKey: ['jobs', 'of', recipe],
    queryFn: ({ signal }) => api.listJobs({ query: { recipe, limit: 100 } }, { signal }),
  });
}

/** Runs of the trainer that are through, newest first: what they made can be gone on from. */
export function madeModelsQuery() {
  return queryOptions({
    queryKey: ['jobs', 'made'],
    queryFn: ({ signal }) =>
      api.listJobs({ query: { status: 'completed', provider: 'custom', limit: 200 } }, { signal }),
  });
}
