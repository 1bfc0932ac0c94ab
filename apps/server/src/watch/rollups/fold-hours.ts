import { sql } from 'kysely';
import type { Sql } from '../sql.ts';
import { hourValues, type Span } from './hour-values.ts';

/** Any fixed number: of several replicas one sums an organisation's hours at a time, under this advisory lock. */
const FOLD_LOCK = 7_420_024;

/**
 * Sums whole hours of one UTC day and that day anew, from their rows as they are now, in one transaction with taking
 * their marks away: a crash leaves either the old sums with the marks or the new ones without. What is written
 * meanwhile has a mark of its own.
 * @returns the answers and feedbacks that they have; 0 when another replica is at work on the organisation
 */
export function foldHours(db: Sql, hours: Span): Promise<number> {
  return db.transaction().execute(async (transaction) => {
    const { rows } = await sql<{ mine: boolean }>`
      SELECT pg_try_advisory_xact_lock(${FOLD_LOCK}, hashtext(${hours.organization})) AS mine`.execute(
      transaction,
    );
    if (rows[0]?.mine !== true) return 0;
    // Each statement sees what was committed before it began: all rows whose marks go are there to be summed.
    await transaction
      .deleteFrom('rollup_marks')
      .where('organization', '=', hours.organization)
      .where('hour', '>=', hours.from)
      .where('hour', '<', hours.to)
      .execute();
    await sql`DELETE FROM rollups WHERE ${isOf('hour', hours)}`.execute(transaction);
    await sumHours(transaction, hours);
    await sumDay(transaction, dayOf(hours));
    return await rowsOf(transaction, hours);
  });
}

function isOf(span: 'hour' | 'day', { organization, from, to }: Span) {
  return sql`organization = ${organization} AND span = ${span} AND starts_at >= ${from} AND starts_at < ${to}`;
}

async function sumHours(db: Sql, hours: Span): Promise<void> {
  await sql`
    INSERT INTO rollups (organization, span, starts_at, metric, reward_model, policy, script, n, total, squares, buckets)
    SELECT ${hours.organization}::text, 'hour', date_trunc('hour', at, 'UTC') AS starts_at, metric, reward_model, policy,
      script, count(*), sum(value), sum(value * value), histogram(place, places)
    FROM (${hourValues(hours)}) AS valued (at, reward_model, policy, script, metric, value, place, places)
    WHERE value IS NOT NULL
    GROUP BY 3, 4, 5, 6, 7`.execute(db);
}

const DAY_MS = 86_400_000;

function dayOf({ organization, from }: Span): Span {
  const start = Math.floor(from.getTime() / DAY_MS) * DAY_MS;
  return { organization, from: new Date(start), to: new Date(start + DAY_MS) };
}

/** A day is the sum of its hours. */
async function sumDay(db: Sql, day: Span): Promise<void> {
  await sql`DELETE FROM rollups WHERE ${isOf('day', day)}`.execute(db);
  await sql`
    INSERT INTO rollups (organization, span, starts_at, metric, reward_model, policy, script, n, total, squares, buckets)
    SELECT organization, 'day', ${day.from}::timestamptz, metric, reward_model, policy, script,
      sum(n), sum(total), sum(squares), sum_histograms(buckets)
    FROM rollups WHERE ${isOf('hour', day)}
    GROUP BY organization, metric, reward_model, policy, script`.execute(db);
}

async function rowsOf(db: Sql, hours: Span): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    SELECT coalesce(sum(n), 0)::float8 AS n FROM rollups
    WHERE ${isOf('hour', hours)} AND metric IN ('answers', 'feedback')`.execute(db);
  return rows[0]?.n ?? 0;
}
