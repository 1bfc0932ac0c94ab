import type { ArmObservations, RampObservations } from '@attune/core';
import type { RampRow } from './ramp-store.ts';

/** Answers that a model had a part in, since a moment. */
export interface AnswerStatistics {
  answers: number;
  failed: number;
  p95LatencyMs: number | null;
}

/** People's ratings of those answers, 1–5. */
export interface RatingStatistics {
  n: number;
  mean: number | null;
  variance: number | null;
}

/** What people and machines said about a model's answers since a moment; serve and collect know. */
export interface Observations {
  answers(organization: string, modelId: string, since: Date): Promise<AnswerStatistics>;
  ratings(organization: string, modelId: string, since: Date): Promise<RatingStatistics>;
}

/** Both arms of a ramp since it began, and the present step's progress. */
export async function observe(from: Observations, ramp: RampRow, now: Date): Promise<RampObservations> {
  const { organization, model_id, previous_model_id, step_started_at } = ramp;
  const inStep = await from.answers(organization, model_id, step_started_at);
  return {
    seconds_in_step: (now.getTime() - step_started_at.getTime()) / 1000,
    samples_in_step: inStep.answers,
    treatment: await armOf(from, ramp, model_id),
    control: previous_model_id === null ? null : await armOf(from, ramp, previous_model_id),
  };
}

async function armOf(
  from: Observations,
  { organization, created_at }: RampRow,
  modelId: string,
): Promise<ArmObservations> {
  const answers = await from.answers(organization, modelId, created_at);
  const ratings = await from.ratings(organization, modelId, created_at);
  return {
    requests: answers.answers,
    errors: answers.failed,
    p95_latency_ms: answers.p95LatencyMs,
    ratings: {
      n: ratings.n,
      mean: ratings.mean ?? 0,
      variance: ratings.variance ?? Number.POSITIVE_INFINITY,
    },
  };
}
