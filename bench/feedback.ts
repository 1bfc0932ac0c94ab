/**
 * GET /api/feedback over a table of a million rows on PostgreSQL: 50 pages per filter, first and later pages, as a
 * curator would ask for them, through HTTP.
 */
import type { AttuneClient } from '@attune/sdk';
import type pg from 'pg';
import { type Latencies, summarise } from './load/latencies.ts';
import { withOwnServer } from './load/own-server.ts';
import { timed } from './load/stopwatch.ts';

const PAGES = 50;

export interface FeedbackRow extends Latencies {
  filter: string;
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

async function fillTable(client: pg.Client, rows: number): Promise<void> {
  // The counters' triggers would make filling take longer than measuring; lists do not read counters.
  await client.query('ALTER TABLE rlhf_feedback DISABLE TRIGGER USER');
  await client.query(fill, [rows]);
  await client.query('ALTER TABLE rlhf_feedback ENABLE TRIGGER USER');
  await client.query('ANALYZE rlhf_feedback');
}

/** Runs it with `rows` feedbacks. */
export async function feedback({
  rows = 1_000_000,
}: {
  rows?: number;
} = {}): Promise<{ rows: number; results: FeedbackRow[] }> {
  return withOwnServer(async ({ api, sql }) => {
    await sql((client) => fillTable(client, rows));
    const results: FeedbackRow[] = [];
    for (const [filter, query] of Object.entries(filters)) results.push(await pages(api, filter, query));
    return { rows, results };
  });
}

async function pages(
  api: AttuneClient,
  filter: string,
  query: Record<string, string | number>,
): Promise<FeedbackRow> {
  const taken: number[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < PAGES; page += 1) {
    const start = cursor;
    const answer: { next_cursor: string | null } = await timed(taken, () =>
      api.listFeedback({ query: { ...query, ...(start === null ? {} : { cursor: start }) } }),
    );
    cursor = answer.next_cursor;
  }
  return { filter, ...summarise(taken) };
}
