import type { Candidate, ChatMessage, ExperimentExposure, LoggedComparison } from '@attune/contracts';
import type { Question } from './ask.ts';

/** How an answer ended, for its log row. */
export interface Outcome {
  readonly status: 'open' | 'delivered' | 'aborted' | 'failed';
  readonly selectedResponse: string | null;
  readonly rewardScore: number | null;
  readonly candidates: readonly Candidate[];
  readonly policy: string;
  /** The registered policy that its visitor was to get, '' for none; null where there was none to choose. */
  readonly assignedPolicy: string | null;
  readonly rewardModel: string | null;
  readonly degraded: string | null;
  /** The rival that the reader is asked to compare it with. */
  readonly compare: LoggedComparison | null;
  /** The experiment that it counts for. */
  readonly experiment: ExperimentExposure | null;
  /** Milliseconds per stage. */
  readonly timings: Readonly<Record<string, number>>;
}

/** A row of `conversation_logs`, by its column names. */
export interface ConversationRow {
  readonly response_id: string;
  readonly organization: string;
  readonly user_id: string | null;
  readonly session_id: string | null;
  readonly timestamp: string;
  readonly query: string;
  readonly context: readonly ChatMessage[];
  readonly selected_response: string | null;
  readonly reward_score: number | null;
  readonly all_candidates: readonly Candidate[];
  readonly policy: string;
  readonly reward_model: string | null;
  readonly selection: string;
  readonly status: Outcome['status'];
  readonly degraded: string | null;
  readonly timings: Readonly<Record<string, number>>;
  readonly replica: string;
  readonly asker: string;
  readonly parent_response_id: string | null;
  readonly compare: LoggedComparison | null;
  readonly experiment: ExperimentExposure | null;
  readonly assigned_policy: string | null;
}

/** The log row of a question with the outcome it has so far. */
export function conversationRow(question: Question, outcome: Outcome, replica: string): ConversationRow {
  return {
    response_id: question.responseId,
    organization: question.organization,
    user_id: question.userId,
    session_id: question.sessionId,
    timestamp: question.askedAt.toISOString(),
    query: question.query,
    context: question.messages.map(loggedMessage),
    selected_response: outcome.selectedResponse,
    reward_score: outcome.rewardScore,
    all_candidates: outcome.candidates,
    policy: outcome.policy,
    reward_model: outcome.rewardModel,
    selection: question.options.strategy,
    status: outcome.status,
    degraded: outcome.degraded,
    timings: { ...outcome.timings, total_ms: since(question.startedAt) },
    replica,
    asker: question.asker,
    parent_response_id: question.parentResponseId,
    compare: outcome.compare,
    experiment: outcome.experiment,
    assigned_policy: outcome.assignedPolicy,
  };
}

/** Milliseconds since `start` (of `performance.now()`), to the microsecond. */
export function since(start: number): number {
  return Math.round((performance.now() - start) * 1000) / 1000;
}

/** Images and other attachments are named, not kept: they would fill the log. */
function loggedMessage(message: ChatMessage): ChatMessage {
  if (!Array.isArray(message.content)) return message;
  const content = message.content.map((part) => (part.type === 'text' ? part : { type: part.type }));
  return { ...message, content };
}
