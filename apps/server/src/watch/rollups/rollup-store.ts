import type { SeriesGroup, SeriesStep } from '@attune/contracts';
import type { RollupMetric, RollupSums, SeriesRange } from '@attune/core';
import { type RawBuilder, sql } from 'kysely';
import type { Sql } from '../sql.ts';

/** Which sums of an organisation are meant; segments that are left out may be any. */
export interface RollupFilter {
  readonly organization: string;
  readonly metrics: readonly RollupMetric[];
  readonly range: SeriesRange;
  readonly segments: Readonly<Partial<Record<SeriesGroup, string | undefined>>>;
}

/** Sums of one metric over one step, of one segment where they are grouped. */
export interface SteppedSums extends RollupSums {
  readonly at: Date;
  readonly metric: RollupMetric;
  /** '' where they are not grouped too. */
  readonly segment: string;
}

const sums = sql`sum(n)::float8 AS n, sum(total) AS total, sum(squares) AS squares,
  sum_histograms(buckets)::float8[] AS buckets`;

/** The sums of metrics by step, oldest first, and by segment where asked. */
export async function steppedSums(
  db: Sql,
  filter: RollupFilter,
  by: SeriesGroup | undefined,
): Promise<SteppedSums[]> {
  const { rows } = await sql<SteppedSums>`
    SELECT date_trunc(${filter.range.step}, starts_at, 'UTC') AS at, metric, ${segmentOf(by)} AS segment, ${sums}
    FROM rollups WHERE ${matching(filter)} GROUP BY 1, 2, 3 ORDER BY 1`.execute(db);
  return rows;
}

/** The sums of metrics over a whole range. */
export async function wholeSums(db: Sql, filter: RollupFilter): Promise<Map<RollupMetric, RollupSums>> {
  const { rows } = await sql<RollupSums & { metric: RollupMetric }>`
    SELECT metric, ${sums} FROM rollups WHERE ${matching(filter)} GROUP BY metric`.execute(db);
  return new Map(rows.map(({ metric, ...found }) => [metric, found]));
}

/** The histogram of each model's rewards in the week that it began to choose answers in, by model. */
export async function firstRewards(db: Sql, organization: string): Promise<Map<string, number[]>> {
  const { rows } = await sql<{ model: string; buckets: number[] }>`
    WITH rewards AS (
      SELECT reward_model, starts_at, buckets, min(starts_at) OVER (PARTITION BY reward_model) AS first FROM rollups
      WHERE organization = ${organization} AND span = 'day' AND metric = 'reward'
    )
    SELECT reward_model AS model, sum_histograms(buckets)::float8[] AS buckets
    FROM rewards WHERE starts_at < first + interval '7 days' GROUP BY 1`.execute(db);
  return new Map(rows.map(({ model, buckets }) => [model, buckets]));
}

/** The segments of answers since a day, those with the most answers first. */
export async function segmentsSince(
  db: Sql,
  organization: string,
  since: Date,
  by: SeriesGroup,
  most: number,
): Promise<string[]> {
  const { rows } = await sql<{ segment: string }>`
    SELECT ${segmentOf(by)} AS segment FROM rollups
    WHERE organization = ${organization} AND span = 'day' AND starts_at >= ${since}
      AND metric IN ('answers', 'feedback')
    GROUP BY 1 ORDER BY sum(n) DESC, 1 LIMIT ${most}`.execute(db);
  return rows.map(({ segment }) => segment);
}

function segmentOf(by: SeriesGroup | undefined): RawBuilder<unknown> {
  return by === undefined ? sql`''` : sql.ref(by);
}

/** Days and weeks are read from the sums of days: a year has few of them. */
function spanOf(step: SeriesStep): 'hour' | 'day' {
  return step === 'hour' ? 'hour' : 'day';
}

function matching({ organization, metrics, range, segments }: RollupFilter): RawBuilder<unknown> {
  const chosen = Object.entries(segments).flatMap(([name, value]) =>
    value === undefined ? [] : [sql`${sql.ref(name)} = ${value}`],
  );
  const all = [
    sql`organization = ${organization}`,
    sql`span = ${spanOf(range.step)}`,
    sql`starts_at >= ${range.from}`,
    sql`starts_at < ${range.to}`,
    sql`metric = ANY(${[...metrics]}::text[])`,
    ...chosen,
  ];
  return sql.join(all, sql` AND `);
}
