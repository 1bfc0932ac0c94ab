import { atLeast } from '@attune/contracts';
import { earlierTurns, queryKey } from '@attune/core';
import type { Clock } from '../platform/clock.ts';
import type { Caller } from '../platform/http/caller.ts';
import { newId } from '../platform/ids.ts';
import type { Answer } from './answers.ts';
import type { FeedbackObserver } from './feedback-observer.ts';
import type { Person } from './person.ts';
import { recordedFeedback } from './recorded-feedback.ts';
import type { Said } from './said.ts';
import type { FeedbackRow, Sql } from './store/feedback-row.ts';
import { keepHistory } from './store/history.ts';
import { insertFirst, lockByPerson, updateFeedback } from './store/write-feedback.ts';

export interface RecordNeeds {
  readonly sql: Sql;
  readonly observer: FeedbackObserver;
  readonly clock: Clock;
}

/** Who speaks about which answer. */
export interface Speaking {
  readonly caller: Caller;
  readonly answer: Answer;
  readonly person: Person;
}

/** A row before and after a submission; `before` is null the first time. */
interface Stored {
  readonly before: FeedbackRow | null;
  readonly after: FeedbackRow;
}

/**
 * Stores what a person says about a target and tells the observer. The first time it is a row; again, it replaces what
 * the row said, and history keeps that.
 */
export async function recordFeedback(
  needs: RecordNeeds,
  speaking: Speaking,
  said: Said,
): Promise<FeedbackRow> {
  const first = firstRow(needs.clock, speaking, said);
  const { before, after } = await store(needs.sql, first, said);
  needs.observer.recorded(recordedFeedback(before, after));
  return after;
}

function firstRow(clock: Clock, { caller, answer, person }: Speaking, { target }: Said) {
  const expert = caller.kind === 'member' && atLeast(caller.role, 'curator');
  const now = clock.now();
  return {
    id: newId(),
    organization: caller.organization,
    response_id: answer.responseId,
    session_id: answer.sessionId,
    user_id: person.userId,
    person: person.person,
    api_key: caller.kind === 'key' ? caller.principal : null,
    target,
    query: answer.query,
    query_key: queryKey(answer.query),
    query_context: earlierTurns(answer.context),
    response: answer.response,
    context: JSON.stringify({ turns: answer.context.length }),
    curator_email: expert ? caller.email : null,
    source: expert ? ('expert' as const) : ('user' as const),
    reward_model: answer.rewardModel,
    policy: answer.policy,
    experiment: answer.experiment === null ? null : JSON.stringify(answer.experiment),
    assigned_policy: answer.assignedPolicy,
    import_key: null,
    created_at: now,
    updated_at: now,
  };
}

type FirstRow = ReturnType<typeof firstRow>;

async function store(sql: Sql, first: FirstRow, said: Said): Promise<Stored> {
  const columns = said.columnsAfter(null);
  if (columns === null) throw new Error('nothing was said before, so this is new');
  const inserted = await insertFirst(sql, { ...first, ...columns });
  if (inserted !== undefined) return { before: null, after: inserted };
  const replaced = await sql.transaction().execute((transaction) => replace(transaction, first, said));
  // Deleted between the two statements: then it is a first feedback again.
  return replaced ?? store(sql, first, said);
}

async function replace(sql: Sql, first: FirstRow, said: Said): Promise<Stored | null> {
  const { organization, response_id: responseId, person, target, api_key } = first;
  const before = await lockByPerson(sql, { organization, responseId, person, target });
  if (before === undefined) return null;
  const columns = said.columnsAfter(before);
  if (columns === null) return { before, after: before };
  await keepHistory(sql, [before]);
  // A changed mind has been neither reviewed nor trained on.
  const renewed = { status: 'pending' as const, is_training_data: false, updated_at: first.updated_at };
  const through = api_key === null ? {} : { api_key };
  const [after] = await updateFeedback(sql, [before.id], { ...columns, ...renewed, ...through });
  return after === undefined ? null : { before, after };
}
