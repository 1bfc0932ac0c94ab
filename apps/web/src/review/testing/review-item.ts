import type { ReviewItem } from '@attune/contracts';

/** A pending item for tests. */
export function reviewItem(id: string): ReviewItem {
  const at = '2026-01-01T00:00:00Z';
  return {
    feedback: {
      id,
      response_id: null,
      session_id: null,
      user_id: 'user-1',
      query: `Question ${id}?`,
      query_context: '',
      response: `Answer ${id}.`,
      target: 'answer',
      feedback_type: 'rating',
      feedback_value: {},
      rating_overall: 2,
      rating_dimensions: {},
      reaction_type: null,
      text_feedback: null,
      curator_email: null,
      status: 'pending',
      tags: [],
      source: 'user',
      reward_model: null,
      policy: null,
      is_training_data: false,
      created_at: at,
      updated_at: at,
    },
    review: {
      assigned_to: null,
      note: null,
      correction: null,
      score: null,
      disagreement: null,
      priority: 0,
      reserved: null,
    },
  };
}
