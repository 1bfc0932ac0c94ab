import type {
  Candidate,
  CompareOffer,
  ConversationTurn,
  Feedback,
  LoggedComparison,
} from '@attune/contracts';
import { deliveredCandidate } from '../delivered-candidate.ts';
import type { TurnRecord } from './store.ts';

/** What a turn is shown with that its log row does not hold. */
export interface TurnFacts {
  readonly parent: string | null;
  readonly feedbackToken: string;
  readonly feedback: Feedback[];
}

/** A logged answer as a turn of its conversation. */
export function toTurn(row: TurnRecord, { parent, feedbackToken, feedback }: TurnFacts): ConversationTurn {
  const delivered = deliveredCandidate(row);
  return {
    response_id: row.response_id,
    parent_response_id: parent,
    timestamp: row.timestamp.toISOString(),
    query: row.query,
    response: row.selected_response,
    status: row.status,
    degraded: row.degraded,
    reward_score: row.reward_score,
    reward_model: row.reward_model,
    policy: row.policy,
    candidates_count: row.all_candidates.filter(({ error }) => error === undefined).length,
    generation_method: delivered?.generation_method ?? null,
    steps: delivered?.steps ?? [],
    sources: delivered?.sources ?? [],
    compare: offerOf(row.compare, row.all_candidates),
    feedback_token: feedbackToken,
    feedback,
  };
}

function offerOf(logged: LoggedComparison | null, candidates: readonly Candidate[]): CompareOffer | null {
  const rival = candidates.find(({ id }) => id === logged?.candidate_id);
  return logged === null || rival === undefined ? null : { ...logged, response: rival.text };
}
