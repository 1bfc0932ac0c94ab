import type { GivenFeedback } from '../observers.ts';
import type { SpanAttributes } from './answer-spans.ts';

/** Name of the event that tells how an answer was judged (OpenTelemetry's conventions for generative AI). */
export const EVALUATION_EVENT = 'gen_ai.evaluation.result';

/**
 * A feedback as the attributes of such an event: stars as a score of 1 to 5, thumbs as 0 or 1 with a label, all else as
 * a label. What people write is not told.
 */
export function evaluationOf(feedback: GivenFeedback): SpanAttributes {
  const { id, organization, responseId, rewardModel, source, isNew } = feedback;
  return {
    ...scoreOf(feedback),
    ...(responseId !== null && { 'gen_ai.response.id': responseId }),
    ...(rewardModel !== null && { 'attune.reward.model': rewardModel }),
    'attune.organization': organization,
    'attune.feedback.id': id,
    'attune.feedback.source': source,
    'attune.feedback.replaced': !isNew,
  };
}

function scoreOf({ type, rating, thumbs }: GivenFeedback): SpanAttributes {
  if (rating !== null) return { 'gen_ai.evaluation.name': 'rating', 'gen_ai.evaluation.score.value': rating };
  if (thumbs === null) return { 'gen_ai.evaluation.name': type, 'gen_ai.evaluation.score.label': 'given' };
  return {
    'gen_ai.evaluation.name': 'thumbs',
    'gen_ai.evaluation.score.value': thumbs === 'up' ? 1 : 0,
    'gen_ai.evaluation.score.label': thumbs,
  };
}
