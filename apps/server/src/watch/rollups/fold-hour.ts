import { sql } from 'kysely';
import type { Sql } from '../sql.ts';
import { hourValues } from './hour-values.ts';

/** An hour of an organisation, by its first moment. */
export interface RollupHour {
  readonly organization: string;
  readonly hour: Date;
}

const HOUR_MS = 3_600_000;

/** Any fixed number: of several replicas one sums an organisation's hours at a time, under this advisory lock. */
const FOLD_LOCK = 7_420_024;

/**
 * Sums an hour and its day anew, from its rows as they are now, in one transaction with taking its marks away: a crash
 * leaves either the old sums with the marks or the new ones without. What is written meanwhile has a mark of its own.
 * @returns false when another replica is at work on the organisation
 */
export function foldHour(db: Sql, marked: RollupHour): Promise<boolean> {
  const { organization, hour } = marked;
  return db.transaction().execute(async (transaction) => {
    const { rows } = await sql<{ mine: boolean }>`
      SELECT pg_try_advisory_xact_lock(${FOLD_LOCK}, hashtext(${organization})) AS mine`.execute(transaction);
    if (rows[0]?.mine !== true) return false;
    // Each statement sees what was committed before it began: all rows whose marks go are there to be summed.
    await transaction
      .deleteFrom('rollup_marks')
      .where('organization', '=', organization)
      .where('hour', '=', hour)
      .execute();
    await transaction
      .deleteFrom('rollups')
      .where('organization', '=', organization)
      .where('span', '=', 'hour')
      .where('starts_at', '=', hour)
      .execute();
    await sumHour(transaction, marked);
    await sumDay(transaction, marked);
    return true;
  });
}

async function sumHour(db: Sql, { organization, hour }: RollupHour): Promise<void> {
  const values = hourValues({ organization, from: hour, to: new Date(hour.getTime() + HOUR_MS) });
  await sql`
    INSERT INTO rollups (organization, span, starts_at, metric, reward_model, policy, script, n, total, squares, buckets)
    SELECT ${organization}::text, 'hour', ${hour}::timestamptz, metric, reward_model, policy, script,
      count(*), sum(value), sum(value * value), histogram(place, places)
    FROM (${values}) AS valued (reward_model, policy, script, metric, value, place, places)
    WHERE value IS NOT NULL
    GROUP BY metric, reward_model, policy, script`.execute(db);
}

/** A day is the sum of its hours. */
async function sumDay(db: Sql, { organization, hour }: RollupHour): Promise<void> {
  const day = sql`date_trunc('day', ${hour}::timestamptz, 'UTC')`;
  await sql`DELETE FROM rollups WHERE organization = ${organization} AND span = 'day' AND starts_at = ${day}`.execute(
    db,
  );
  await sql`
    INSERT INTO rollups (organization, span, starts_at, metric, reward_model, policy, script, n, total, squares, buckets)
    SELECT organization, 'day', ${day}, metric, reward_model, policy, script,
      sum(n), sum(total), sum(squares), sum_histograms(buckets)
    FROM rollups
    WHERE organization = ${organization} AND span = 'hour' AND starts_at >= ${day}
      AND starts_at < ${day} + interval '1 day'
    GROUP BY organization, metric, reward_model, policy, script`.execute(db);
}
