import type { RecordedFeedback } from './feedback-observer.ts';
import { fromRow, thumbsIn } from './statement-row.ts';
import type { FeedbackRow } from './store/feedback-row.ts';

/** What observers learn about a stored feedback; `before` is what it replaces. */
export function recordedFeedback(before: FeedbackRow | null, after: FeedbackRow): RecordedFeedback {
  return {
    id: after.id,
    organization: after.organization,
    responseId: after.response_id,
    rewardModel: after.reward_model,
    type: after.feedback_type,
    source: after.source,
    rating: after.rating_overall,
    thumbs: thumbsIn(after.reaction_type),
    safetyReported: fromRow(after).safetyIssue && !(before !== null && fromRow(before).safetyIssue),
    isNew: before === null,
  };
}
