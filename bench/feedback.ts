/**
 * GET /api/feedback over a table of a million rows on PostgreSQL: 50 pages per filter, first and later pages, as a
 * curator would ask for them, through HTTP.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@attune/sdk';
import pg from 'pg';
import { withBenchDatabase } from './load/bench-database.ts';
import { summarise } from './load/latencies.ts';
import { startProgram } from './load/process.ts';

const cli = join(import.meta.dirname, '../apps/server/src/cli/attune.ts');
const PAGES = 50;

export interface FeedbackRow {
  filter: string;
  n: number;
  p50_ms: number;
  p95_ms: number;
  max_ms: number;
}

const filters: Record<string, Record<string, string | number>> = {
  none: {},
  'status=flagged (1 %)': { status: 'flagged' },
  'max_rating=2': { max_rating: 2 },
  'min_rating=4, status=pending': { min_rating: 4, status: 'pending' },
  'feedback_type=correction (2 %)': { feedback_type: 'correction' },
  'one user (0.01 %)': { user_id: 'user-77' },
  'tag=billing (1 %)': { tag: 'billing' },
  'tag=rare (0.001 %)': { tag: 'rare' },
  'oldest first': { order: 'oldest' },
};

const fill = `
INSERT INTO rlhf_feedback (organization, user_id, person, query, query_key, response, feedback_type, rating_overall,
  status, tags, source, created_at)
SELECT 'default', 'user-' || (i % 10000), 'user-' || (i % 10000), 'Question ' || i, 'question ' || i,
  repeat('An answer of some length. ', 8), CASE WHEN i % 50 = 0 THEN 'correction' ELSE 'rating' END, 1 + (i::bigint * 7919) % 5,
  CASE WHEN i % 100 = 0 THEN 'flagged' WHEN i % 3 = 0 THEN 'approved' ELSE 'pending' END,
  CASE WHEN i % 100000 = 1 THEN '{rare}'::text[] WHEN i % 100 = 1 THEN '{billing}'::text[] ELSE '{}'::text[] END, 'user',
  now() - (i || ' seconds')::interval
FROM generate_series(1, $1::int) AS i`;

async function fillTable(databaseUrl: string, rows: number): Promise<void> {
  const client = new pg.Client(databaseUrl);
  await client.connect();
  try {
    // The counters' triggers would make filling take longer than measuring; lists do not read counters.
    await client.query('ALTER TABLE rlhf_feedback DISABLE TRIGGER USER');
    await client.query(fill, [rows]);
    await client.query('ALTER TABLE rlhf_feedback ENABLE TRIGGER USER');
    await client.query('ANALYZE rlhf_feedback');
  } finally {
    await client.end();
  }
}

/** Runs it with `rows` feedbacks. */
export async function feedback({
  rows = 1_000_000,
}: {
  rows?: number;
} = {}): Promise<{ rows: number; results: FeedbackRow[] }> {
  return withBenchDatabase(async (databaseUrl) => {
    if (databaseUrl === null) throw new Error('This bench needs PostgreSQL: set ATTUNE_BENCH_DATABASE_URL.');
    const folder = await mkdtemp(join(tmpdir(), 'attune-bench-'));
    const server = await startProgram(
      [cli, 'up', '--port', '0', '--data', folder],
      (output) => /running at (http:\S+)/.exec(output)?.[1] ?? null,
      { DATABASE_URL: databaseUrl, ATTUNE_LOG_LEVEL: 'warn' },
    );
    try {
      await fillTable(databaseUrl, rows);
      const apiKey = (await readFile(join(folder, 'attune.key'), 'utf8')).trim();
      const api = createClient({ url: server.url.origin, apiKey });
      const results: FeedbackRow[] = [];
      for (const [filter, query] of Object.entries(filters)) results.push(await pages(api, filter, query));
      return { rows, results };
    } finally {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    }
  });
}

async function pages(
  api: ReturnType<typeof createClient>,
  filter: string,
  query: Record<string, string | number>,
): Promise<FeedbackRow> {
  const taken: number[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < PAGES; page += 1) {
    const started = performance.now();
    const answer: { next_cursor: string | null } = await api.listFeedback({
      query: { ...query, ...(cursor === null ? {} : { cursor }) },
    });
    taken.push(performance.now() - started);
    cursor = answer.next_cursor;
  }
  const sorted = [...taken].sort((a, b) => a - b);
  const p95_ms = Math.round((sorted[Math.ceil(0.95 * sorted.length) - 1] ?? 0) * 1000) / 1000;
  const { n, p50_ms, max_ms } = summarise(taken);
  return { filter, n, p50_ms, p95_ms, max_ms };
}
