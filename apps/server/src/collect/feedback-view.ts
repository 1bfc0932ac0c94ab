import type { Feedback } from '@attune/contracts';
import type { FeedbackRow } from './store/feedback-row.ts';

/** A stored feedback as the API shows it. */
export function toFeedback(row: FeedbackRow): Feedback {
  return {
    id: row.id,
    response_id: row.response_id,
    session_id: row.session_id,
    user_id: row.user_id,
    query: row.query,
    query_context: row.query_context,
    response: row.response,
    target: row.target,
    feedback_type: row.feedback_type,
    feedback_value: row.feedback_value,
    rating_overall: row.rating_overall,
    rating_dimensions: row.rating_dimensions,
    reaction_type: row.reaction_type,
    text_feedback: row.text_feedback,
    curator_email: row.curator_email,
    status: row.status,
    tags: row.tags,
    source: row.source,
    reward_model: row.reward_model,
    policy: row.policy,
    is_training_data: row.is_training_data,
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
  };
}
