import type { AnswerObserver } from './answer-observer.ts';
import type { Question } from './ask.ts';
import type { Background } from './background.ts';
import type { ConversationLog } from './conversation-log.ts';
import { conversationRow, type Outcome, since } from './conversation-row.ts';
import { deliveredCandidate } from './delivered-candidate.ts';
import type { Stage } from './stage.ts';

/** Where the end of an answer is written and told. */
export interface Conclusions {
  readonly conversations: ConversationLog;
  readonly observer: AnswerObserver;
  readonly background: Background;
  readonly replica: string;
}

/** Writes the row of an answer that is still on its way. Durable when it resolves. */
export function writeOpen(
  question: Question,
  outcome: Omit<Outcome, 'status'>,
  to: Conclusions,
): Promise<void> {
  return to.conversations.insert(conversationRow(question, { ...outcome, status: 'open' }, to.replica));
}

/** Writes the one row of an answer that ended, and tells the observer. Durable when it resolves. */
export async function writeEnded(question: Question, outcome: Ended, to: Conclusions): Promise<void> {
  await to.conversations.insert(conversationRow(question, outcome, to.replica));
  tell(question, outcome, to);
}

/** Completes the row of an answer that was open, and tells the observer. Durable when it resolves. */
export async function completeOpen(question: Question, outcome: Ended, to: Conclusions): Promise<void> {
  await to.conversations.complete(conversationRow(question, outcome, to.replica));
  tell(question, outcome, to);
}

/** An outcome that is final. */
export interface Ended extends Outcome {
  readonly status: 'delivered' | 'aborted' | 'failed';
  readonly scoringMs: number | null;
  readonly stages: readonly Stage[];
}

function tell(question: Question, outcome: Ended, { observer }: Conclusions): void {
  const { selectedResponse: text, candidates } = outcome;
  const delivered = deliveredCandidate({ selected_response: text, all_candidates: candidates });
  observer.answered({
    organization: question.organization,
    responseId: question.responseId,
    askedAt: question.askedAt,
    model: question.model,
    sessionId: question.sessionId,
    streamed: question.request.stream === true,
    traceparent: question.traceparent,
    messages: question.messages,
    text,
    rewardModel: outcome.rewardModel,
    policy: outcome.policy,
    status: outcome.status,
    reasons: outcome.degraded === null ? [] : outcome.degraded.split(','),
    reward: outcome.rewardScore,
    failedChecks: delivered?.failed_checks ?? [],
    latencyMs: since(question.startedAt),
    scoringMs: outcome.scoringMs,
    candidates: candidates.length,
    stages: outcome.stages,
  });
}
