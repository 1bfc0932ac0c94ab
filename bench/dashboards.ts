/**
 * Panels of the page of trends over a year of answers on PostgreSQL, through HTTP, and how long a server takes to sum
 * that year by hour and day.
 */
import { type Endpoints, type SentBy, SeriesMetric } from '@attune/contracts';
import type { AttuneClient } from '@attune/sdk';
import type pg from 'pg';
import { type NamedLatencies, summarise } from './load/latencies.ts';
import { type OwnServer, withOwnServer } from './load/own-server.ts';
import { timed } from './load/stopwatch.ts';

const DAYS = 365;
const DAY_MS = 86_400_000;
const REQUESTS = 20;

/** Answers evenly over the year, two reward models one after the other, two policies; every fifth with stars. */
const fill = [
  `INSERT INTO conversation_logs (response_id, organization, user_id, "timestamp", query, context, selected_response,
    reward_score, all_candidates, policy, reward_model, selection, status, timings)
  SELECT (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7000' || '8' || lpad(to_hex(i), 15, '0'))::uuid,
    'default', 'user-' || (i % 10000), at, 'What is there to know about topic ' || (i % 997) || '?', '[]',
    repeat('An answer. ', (10 + (i::bigint * 7919) % 60)::int), ((i::bigint * 104729) % 10007) / 10007.0,
    jsonb_build_array(jsonb_build_object('id', 'c1', 'tokens', 40 + i % 200), jsonb_build_object('id', 'c2', 'tokens', 60)),
    CASE WHEN i % 10 < 8 THEN 'large' ELSE 'small' END,
    CASE WHEN at < now() - interval '180 days' THEN 'reward@1.0.0' ELSE 'reward@2.0.0' END, 'best',
    CASE WHEN i % 100 = 7 THEN 'failed' ELSE 'delivered' END,
    jsonb_build_object('total_ms', 200 + (i::bigint * 7907) % 3000)
  FROM (SELECT i, now() - interval '${DAYS} days' * (i::float8 / $1::int) AS at FROM generate_series(1, $1::int) AS i) AS made`,
  `INSERT INTO rlhf_feedback (organization, response_id, user_id, person, query, query_key, response, feedback_type,
    rating_overall, source, reward_model, policy, created_at)
  SELECT organization, response_id, user_id, coalesce(user_id, ''), query, query, selected_response, 'rating',
    1 + floor(random() * 5), 'user', reward_model, policy, "timestamp" + interval '1 minute'
  FROM conversation_logs WHERE hashtext(response_id::text) % 5 = 0`,
  `INSERT INTO outcomes (id, organization, kind, value, response_id, occurred_at, reported_by, created_at)
  SELECT gen_random_uuid(), organization, kind, CASE kind WHEN 'adopted' THEN (random() < 0.6)::int ELSE 600 * random() END,
    response_id, "timestamp" + interval '5 minutes', 'key:bench', "timestamp"
  FROM conversation_logs, (VALUES ('adopted'), ('resolution_seconds')) AS kinds (kind)
  WHERE hashtext(response_id::text) % 20 = 0`,
];
const tables = ['conversation_logs', 'rlhf_feedback', 'outcomes'];

async function fillTables(client: pg.Client, rows: number): Promise<void> {
  // Filling by the triggers would take longer than measuring.
  for (const table of tables) await client.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
  for (const [index, statement] of fill.entries()) await client.query(statement, index === 0 ? [rows] : []);
  for (const table of tables) {
    await client.query(`ALTER TABLE ${table} ENABLE TRIGGER USER`);
    await client.query(`VACUUM ANALYZE ${table}`);
  }
  await client.query(`INSERT INTO rollup_marks (organization, hour)
    SELECT 'default', date_trunc('hour', now(), 'UTC') - i * interval '1 hour' FROM generate_series(0, ${DAYS * 24}) AS i`);
}

/** Waits until the server has summed every hour; gives the seconds. */
async function untilSummed({ sql }: OwnServer): Promise<number> {
  const began = performance.now();
  const count = 'SELECT count(*)::int AS missing FROM rollup_marks';
  for (;;) {
    const { rows } = await sql((client) => client.query<{ missing: number }>(count));
    if (rows[0]?.missing === 0) return Math.round((performance.now() - began) / 100) / 10;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

export interface DashboardFigures {
  /** Answers in the year. */
  rows: number;
  hours: number;
  /** Until the server had summed every hour. */
  summing_seconds: number;
  /** Each metric over the year, then some over other periods and by model. */
  results: NamedLatencies[];
}

/** Runs it with `rows` answers in a year. */
export async function dashboards({ rows = 1_000_000 }: { rows?: number } = {}): Promise<DashboardFigures> {
  return withOwnServer(async (server) => {
    await server.sql((client) => fillTables(client, rows));
    const summing_seconds = await untilSummed(server);
    await server.sql((client) => client.query('VACUUM ANALYZE rollups'));
    const results: NamedLatencies[] = [];
    for (const metric of SeriesMetric.options) {
      results.push(await panel(server.api, `${metric}, a year by week`, { metric }));
    }
    const others: [string, Query, number?][] = [
      ['satisfaction, a year by day and model', { metric: 'satisfaction', step: 'day', by: 'reward_model' }],
      ['latency_p95, a year by day and model', { metric: 'latency_p95', step: 'day', by: 'reward_model' }],
      ['latency_p95, 90 days by day', { metric: 'latency_p95' }, 90],
      ['latency_p95, 30 days by hour', { metric: 'latency_p95', step: 'hour' }, 30],
      ['answers, 24 hours by hour', { metric: 'answers' }, 1],
    ];
    for (const [what, query, days] of others) results.push(await panel(server.api, what, query, days));
    return { rows, hours: DAYS * 24, summing_seconds, results };
  });
}

type Query = Omit<SentBy<Endpoints['dashboardSeries']>['query'], 'from' | 'to'>;

async function panel(api: AttuneClient, what: string, query: Query, days = DAYS): Promise<NamedLatencies> {
  const taken: number[] = [];
  for (let request = 0; request < REQUESTS; request += 1) {
    const now = Date.now();
    const span = { from: new Date(now - days * DAY_MS).toISOString(), to: new Date(now).toISOString() };
    await timed(taken, () => api.dashboardSeries({ query: { ...query, ...span } }));
  }
  return { what, ...summarise(taken) };
}
