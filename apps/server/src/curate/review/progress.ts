import type { Count, QueueCounts, ReviewFilter } from '@attune/contracts';
import { paceOf, secondsLeft } from '@attune/core';
import { sql } from 'kysely';
import { verdicts } from './action-columns.ts';
import { COUNTED, countShown } from './count-items.ts';
import type { Reviewer, ReviewParts, Sql } from './review.ts';
import { select } from './select.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Enough for a pace. */
const PACED = 1000;

interface Progress {
  readonly done_today: { mine: number; all: number };
  readonly pace: { per_hour: number | null; n: number };
  readonly remaining: Count;
  readonly seconds_left: number | null;
}

/** How far the reviewers are with a filter. @throws AttuneError `scoring_unavailable`, `overloaded` */
export async function progress(
  parts: ReviewParts,
  reviewer: Reviewer,
  filter: ReviewFilter,
  since: Date | null,
): Promise<Progress> {
  const { db, clock } = parts;
  const now = clock.now();
  const remaining = await countShown(db, await select(parts, reviewer, filter));
  const pace = paceOf(await singleDecisions(db, reviewer, new Date(now.getTime() - HOUR_MS)));
  return {
    done_today: await doneSince(db, reviewer, since ?? midnight(now)),
    pace: { per_hour: pace.perHour, n: pace.n },
    remaining,
    seconds_left: remaining.exact ? secondsLeft(remaining.value, pace) : null,
  };
}

/** How the queue of an organisation stands; cheap however many items there are. */
export async function queueCounts(
  { db, clock }: Pick<ReviewParts, 'db' | 'clock'>,
  organization: string,
): Promise<QueueCounts> {
  const now = clock.now();
  const { rows } = await sql<{ pending: number; reserved: number }>`SELECT
    (SELECT count(*)::int FROM (SELECT 1 FROM rlhf_feedback
      WHERE organization = ${organization} AND status = 'pending' LIMIT ${COUNTED + 1}) AS counted) AS pending,
    (SELECT count(*)::int FROM review_reservations
      WHERE organization = ${organization} AND until > ${now}) AS reserved`.execute(db);
  const { pending = 0, reserved = 0 } = rows[0] ?? {};
  const { all } = await doneSince(db, { organization, principal: '' }, midnight(now));
  return {
    pending: { value: Math.min(pending, COUNTED), exact: pending <= COUNTED },
    reserved,
    done_today: all,
  };
}

/** Midnight UTC. */
function midnight(now: Date): Date {
  return new Date(Math.floor(now.getTime() / DAY_MS) * DAY_MS);
}

async function doneSince(
  db: Sql,
  { organization, principal }: Pick<Reviewer, 'organization' | 'principal'>,
  since: Date,
): Promise<{ mine: number; all: number }> {
  const { rows } = await sql<{ mine: number; all: number }>`
    SELECT coalesce(sum(done - restored) FILTER (WHERE principal = ${principal}), 0)::float8 AS mine,
      coalesce(sum(done - restored), 0)::float8 AS all
    FROM review_decisions
    WHERE organization = ${organization} AND created_at >= ${since} AND action = ANY(${[...verdicts]}::text[])`.execute(
    db,
  );
  return rows[0] ?? { mine: 0, all: 0 };
}

/** Times of a reviewer's decisions about one item each: a decision about a thousand says nothing of the next one. */
async function singleDecisions(
  db: Sql,
  { organization, principal }: Reviewer,
  since: Date,
): Promise<number[]> {
  const rows = await db
    .selectFrom('review_decisions')
    .select('created_at')
    .where('organization', '=', organization)
    .where('principal', '=', principal)
    .where('created_at', '>=', since)
    .where('items', '=', 1)
    .where('action', 'in', [...verdicts, 'skip'])
    .orderBy('id', 'desc')
    .limit(PACED)
    .execute();
  return rows.map(({ created_at }) => created_at.getTime());
}
