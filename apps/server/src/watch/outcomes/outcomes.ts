import {
  AttuneError,
  type listOutcomes as listEndpoint,
  type NewOutcome,
  type Outcome,
  type RequestOf,
} from '@attune/contracts';
import type { Clock } from '../../platform/clock.ts';
import { decodeCursor, toPage } from '../../platform/http/page.ts';
import { isId, newId } from '../../platform/ids.ts';
import type { Sql } from '../sql.ts';
import { insertOutcome, listOutcomes, type OutcomePosition, type OutcomeRow } from './outcome-store.ts';

/** What serving tells of answers. */
export interface KnownAnswers {
  /** An answer of an organisation, or null. */
  find(organization: string, responseId: string): Promise<object | null>;
  /** The newest answer of a session up to a time, or null. */
  newestOf(organization: string, sessionId: string, upTo: Date): Promise<string | null>;
}

export interface OutcomeNeeds {
  readonly sql: Sql;
  readonly clock: Clock;
  readonly answers: KnownAnswers;
}

const DAY_MS = 86_400_000;
/** Nothing happened before the millennium that an answer of a model led to; clocks may differ by a day. */
const EARLIEST = new Date('2000-01-01T00:00:00Z');

/** Who says it. */
interface Reporter {
  readonly organization: string;
  readonly principal: string;
}

/**
 * Keeps what an answer led to.
 * @throws AttuneError `invalid_request` where it names nothing, `response_not_found` where the answer is not there
 */
export async function reportOutcome(
  needs: OutcomeNeeds,
  { organization, principal }: Reporter,
  given: NewOutcome,
): Promise<Outcome> {
  const now = needs.clock.now();
  const occurred_at = momentOf(given.occurred_at, now);
  const row: OutcomeRow = {
    id: newId(),
    organization,
    kind: given.kind,
    value: Number(given.value),
    response_id: await answerOf(needs.answers, organization, given, occurred_at),
    session_id: given.session_id ?? null,
    user_id: given.user_id ?? null,
    occurred_at,
    reported_by: principal,
    created_at: now,
  };
  await insertOutcome(needs.sql, row);
  return outcomeView(row);
}

function momentOf(occurred: string | undefined, now: Date): Date {
  if (occurred === undefined) return now;
  const at = new Date(occurred);
  if (at >= EARLIEST && at.getTime() <= now.getTime() + DAY_MS) return at;
  throw new AttuneError('invalid_request', { param: 'occurred_at', message: 'must have happened by now' });
}

async function answerOf(
  answers: KnownAnswers,
  organization: string,
  { response_id, session_id, user_id }: NewOutcome,
  at: Date,
): Promise<string | null> {
  if (response_id !== undefined) {
    if ((await answers.find(organization, response_id)) === null)
      throw new AttuneError('response_not_found', { param: 'response_id' });
    return response_id;
  }
  if (session_id !== undefined) return answers.newestOf(organization, session_id, at);
  if (user_id !== undefined) return null;
  const message = 'one of response_id, session_id and user_id is needed';
  throw new AttuneError('invalid_request', { param: 'response_id', message });
}

/**
 * A page of an organisation's outcomes, newest first.
 * @throws AttuneError `invalid_cursor`
 */
export async function pageOfOutcomes(
  db: Sql,
  organization: string,
  { cursor, ...filter }: RequestOf<typeof listEndpoint>['query'],
): Promise<{ items: Outcome[]; next_cursor: string | null }> {
  const beyond = cursor === undefined ? null : positionOf(cursor);
  const rows = await listOutcomes(db, organization, filter, beyond);
  return toPage(rows, filter.limit, (row) => [row.position, row.id], outcomeView);
}

function positionOf(cursor: string): OutcomePosition {
  const [at = '', id = ''] = decodeCursor(cursor, 2);
  if (Number.isNaN(Date.parse(at)) || !isId(id)) throw new AttuneError('invalid_cursor');
  return { at, id };
}

function outcomeView({ id, kind, value, response_id, session_id, user_id, ...row }: OutcomeRow): Outcome {
  return {
    ...{ id, kind, value, response_id, session_id, user_id, reported_by: row.reported_by },
    occurred_at: row.occurred_at.toISOString(),
    created_at: row.created_at.toISOString(),
  };
}
