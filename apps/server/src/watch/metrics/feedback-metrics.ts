import type { Registry } from 'prom-client';
import type { GivenFeedback } from '../observers.ts';
import type { Labels } from './answer-metrics.ts';
import { counter, histogram } from './instruments.ts';

/** Registers what is known of feedback; the result counts one. */
export function feedbackMetrics(
  registry: Registry,
  { model, fewModels }: Pick<Labels, 'model' | 'fewModels'>,
): (feedback: GivenFeedback) => void {
  const feedback = counter(registry, 'attune_feedback_total');
  const stars = histogram(registry, 'attune_rating_stars');
  return ({ type, source, rewardModel, isNew, rating }) => {
    feedback.inc({ type, source, reward_model: model.of(rewardModel), replaced: String(!isNew) });
    if (rating !== null && isNew) stars.observe({ reward_model: fewModels.of(rewardModel) }, rating);
  };
}
