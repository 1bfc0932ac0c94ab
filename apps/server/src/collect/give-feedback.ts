import { AttuneError, atLeast, type Feedback, type FeedbackInput } from '@attune/contracts';
import { queryKey } from '@attune/core';
import type { RateLimiter } from '../platform/cache/rate-limiter.ts';
import type { Clock } from '../platform/clock.ts';
import type { Caller } from '../platform/http/caller.ts';
import { newId } from '../platform/ids.ts';
import type { Answer, Answers } from './answers.ts';
import type { FeedbackObserver } from './feedback-observer.ts';
import { toFeedback } from './feedback-view.ts';
import { type Person, personOf, requireOwnAnswer } from './person.ts';
import { recordedFeedback } from './recorded-feedback.ts';
import { revised, type Statement, sameStatement } from './statement.ts';
import { fromRow, toColumns } from './statement-row.ts';
import { storable } from './storable-text.ts';
import type { FeedbackRow, NewFeedbackRow, Sql } from './store/feedback-row.ts';
import { keepHistory } from './store/history.ts';
import { insertFirst, lockByPerson, updateFeedback } from './store/write-feedback.ts';

export interface GiveFeedbackNeeds {
  readonly sql: Sql;
  readonly answers: Answers;
  readonly limiter: RateLimiter;
  readonly observer: FeedbackObserver;
  readonly clock: Clock;
  readonly feedbackPerMinute: number;
}

/** A row before and after a submission; `before` is null the first time. */
interface Stored {
  readonly before: FeedbackRow | null;
  readonly after: FeedbackRow;
}

/**
 * Takes in one person's reaction to one answer. When it returns, the feedback is durable and in the next list.
 * @throws AttuneError `response_not_found`, `forbidden`, `rate_limited`
 */
export async function giveFeedback(
  needs: GiveFeedbackNeeds,
  caller: Caller,
  input: FeedbackInput,
): Promise<Feedback> {
  const said = storable(input);
  requireOwnAnswer(caller, said.response_id);
  const answer = await needs.answers.find(caller.organization, said.response_id);
  if (answer === null) throw new AttuneError('response_not_found', { param: 'response_id' });
  const person = personOf(caller, answer, said.user_id);
  await requireRate(needs, caller.organization, person);
  const first = newRow(needs.clock, caller, answer, person);
  const stored = await store(needs, first, said);
  needs.observer.recorded(recordedFeedback(stored.before, stored.after));
  return toFeedback(stored.after);
}

async function requireRate(
  needs: GiveFeedbackNeeds,
  organization: string,
  { person }: Person,
): Promise<void> {
  const limit = { points: needs.feedbackPerMinute, seconds: 60 };
  const { allowed, retryAfterSeconds } = await needs.limiter.consume(
    `feedback:${organization}:${person}`,
    limit,
  );
  if (!allowed) throw new AttuneError('rate_limited', { retryAfterSeconds });
}

function newRow(clock: Clock, caller: Caller, answer: Answer, { person, userId }: Person) {
  const expert = caller.kind === 'member' && atLeast(caller.role, 'curator');
  const now = clock.now();
  return {
    id: newId(),
    organization: caller.organization,
    response_id: answer.responseId,
    session_id: answer.sessionId,
    user_id: userId,
    person,
    query: answer.query,
    query_key: queryKey(answer.query),
    response: answer.response,
    context: JSON.stringify({ turns: answer.context.length }),
    curator_email: expert ? caller.email : null,
    source: expert ? 'expert' : 'user',
    reward_model: answer.rewardModel,
    policy: answer.policy,
    import_key: null,
    created_at: now,
    updated_at: now,
  } satisfies Omit<NewFeedbackRow, keyof ReturnType<typeof toColumns>>;
}

type FirstRow = ReturnType<typeof newRow>;

async function store(needs: GiveFeedbackNeeds, first: FirstRow, said: FeedbackInput): Promise<Stored> {
  const inserted = await insertFirst(needs.sql, { ...first, ...toColumns(revised(null, said)) });
  if (inserted !== undefined) return { before: null, after: inserted };
  const replaced = await needs.sql.transaction().execute((transaction) => replace(transaction, first, said));
  // Deleted between the two statements: then it is a first feedback again.
  return replaced ?? store(needs, first, said);
}

async function replace(sql: Sql, first: FirstRow, said: FeedbackInput): Promise<Stored | null> {
  const { organization, response_id: responseId, person } = first;
  const before = await lockByPerson(sql, { organization, responseId, person });
  if (before === undefined) return null;
  const earlier = fromRow(before);
  const now = revised(earlier, said);
  if (sameStatement(earlier, now)) return { before, after: before };
  await keepHistory(sql, [before]);
  const [after] = await updateFeedback(sql, [before.id], replacement(now, first));
  return after === undefined ? null : { before, after };
}

/** A changed mind has been neither reviewed nor trained on. */
function replacement(statement: Statement, { updated_at }: FirstRow) {
  return { ...toColumns(statement), status: 'pending' as const, is_training_data: false, updated_at };
}
