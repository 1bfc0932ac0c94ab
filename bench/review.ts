/**
 * The review queue over a table of a million rows on PostgreSQL, through HTTP: pages by filter and order, search by
 * words and by meaning, and what a reviewer waits for between two items.
 */
import type { Endpoints, SentBy } from '@attune/contracts';
import type { AttuneClient } from '@attune/sdk';
import type pg from 'pg';
import { type NamedLatencies, summarise } from './load/latencies.ts';
import { type OwnServer, withOwnServer } from './load/own-server.ts';
import { timed } from './load/stopwatch.ts';

const PAGES = 40;

type Query = SentBy<Endpoints['reviewQueue']>['query'];

const pages: Record<string, Query> = {
  newest: {},
  oldest: { order: 'oldest' },
  teaching: { order: 'teaching' },
  random: { order: 'random' },
  'flagged (1 %), teaching': { status: 'flagged', order: 'teaching' },
  'disagreement ≥ 0.9 (2 %)': { min_disagreement: 0.9 },
  'has_correction (0.1 %)': { has_correction: true },
  'has_comment (5 %), teaching': { has_comment: true, order: 'teaching' },
  'tag=rare (0.001 %)': { tag: 'rare' },
  'one user (0.01 %)': { user_id: 'user-77' },
  'q: a word in every row': { q: 'answer' },
  'q: a word in 2 %, teaching': { q: 'refund', order: 'teaching' },
  'q: two rare words': { q: 'topic77 refund' },
  'q: a word in 2 %, never with this tag': { q: 'refund', tag: 'billing', order: 'teaching' },
  'model=none': { reward_model: 'none@1.0.0', order: 'teaching' },
};

/** Feedback with what search and ranking make of it, written as they would: a million at once would take them an hour. */
const fill = [
  `INSERT INTO rlhf_feedback (organization, user_id, person, query, query_key, response, feedback_type, rating_overall,
    status, tags, source, text_feedback, feedback_value, review_priority, review_disagreement, created_at)
  SELECT 'default', 'user-' || (i % 10000), 'user-' || (i % 10000),
    'Question ' || i || ' about topic' || (i % 997) || CASE WHEN i % 50 = 7 THEN ' and a refund' ELSE '' END,
    'question ' || i, repeat('An answer of some length. ', 8), 'rating', 1 + (i::bigint * 7919) % 5,
    CASE WHEN i % 100 = 0 THEN 'flagged' WHEN i % 10 = 1 THEN 'approved' ELSE 'pending' END,
    CASE WHEN i % 100000 = 2 THEN '{rare}'::text[] WHEN i % 100 = 3 THEN '{billing}'::text[] ELSE '{}'::text[] END, 'user',
    CASE WHEN i % 20 = 4 THEN 'A comment.' END,
    CASE WHEN i % 1000 = 5 THEN '{"correction": "x"}'::jsonb ELSE '{}'::jsonb END,
    ((i::bigint * 104729) % 10007) / 10007.0, ((i::bigint * 7907) % 1009) / 1009.0 * 0.92,
    now() - (i || ' seconds')::interval
  FROM generate_series(1, $1::int) AS i`,
  `INSERT INTO review_index (feedback_id, organization, due_at) SELECT id, organization, NULL FROM rlhf_feedback`,
  `INSERT INTO review_words (feedback_id, organization, words)
  SELECT id, organization, feedback_words(query, response, text_feedback) FROM rlhf_feedback`,
  `INSERT INTO version_counters (organization, reward_model, feedback) SELECT 'default', '', count(*) FROM rlhf_feedback`,
];

async function fillTable(client: pg.Client, rows: number): Promise<void> {
  // Filling by the triggers would take longer than measuring.
  await client.query('ALTER TABLE rlhf_feedback DISABLE TRIGGER USER');
  for (const [index, statement] of fill.entries()) await client.query(statement, index === 0 ? [rows] : []);
  await client.query('ALTER TABLE rlhf_feedback ENABLE TRIGGER USER');
  await client.query('VACUUM ANALYZE rlhf_feedback');
  await client.query('VACUUM ANALYZE review_index');
  await client.query('VACUUM ANALYZE review_words');
}

const makeDue = `
UPDATE review_index SET due_at = now() WHERE feedback_id IN
  (SELECT id FROM rlhf_feedback WHERE status = 'pending' ORDER BY created_at DESC LIMIT $1)`;

/** Has `rows` of the feedback embedded by the server itself, for the search by meaning. */
async function embed({ sql }: OwnServer, rows: number): Promise<void> {
  await sql((client) => client.query(makeDue, [rows]));
  const missing = 'SELECT count(*)::int AS missing FROM review_index WHERE due_at IS NOT NULL';
  for (;;) {
    const { rows: counted } = await sql((client) => client.query<{ missing: number }>(missing));
    if (counted[0]?.missing === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}

/** Runs it with `rows` feedbacks. */
export async function review({
  rows = 1_000_000,
}: {
  rows?: number;
} = {}): Promise<{ rows: number; embedded: number; results: NamedLatencies[] }> {
  const embedded = Math.min(20_000, Math.round(rows / 2));
  return withOwnServer(async (server) => {
    const { api, sql } = server;
    await sql((client) => fillTable(client, rows));
    const results: NamedLatencies[] = [];
    for (const [what, query] of Object.entries(pages)) results.push(await throughPages(api, what, query));
    results.push(...(await reviewing(api)));
    await embed(server, embedded);
    results.push(await throughPages(api, 'semantic', { semantic: 'money back for an order', limit: 5 }));
    return { rows, embedded, results };
  });
}

/** The first page with its count ten times, then the later ones. */
async function throughPages(api: AttuneClient, what: string, query: Query): Promise<NamedLatencies> {
  const taken: number[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < PAGES; page += 1) {
    const start = page < PAGES / 4 ? null : cursor;
    const answer: { next_cursor: string | null } = await timed(taken, () =>
      api.reviewQueue({ query: { ...query, ...(start === null ? {} : { cursor: start }) } }),
    );
    cursor = answer.next_cursor;
  }
  return { what, ...summarise(taken) };
}

/** What a reviewer waits for: the next item, its context, the decision, taking it back, a preview, the counters. */
async function reviewing(api: AttuneClient): Promise<NamedLatencies[]> {
  const times = { next: [], context: [], decision: [], undo: [], progress: [], live: [] } satisfies Record<
    string,
    number[]
  >;
  const decision = { action: 'approve' as const };
  for (let turn = 0; turn < PAGES; turn += 1) {
    const { items } = await timed(times.next, () =>
      api.reserveNext({ body: { order: 'teaching', count: 2 } }),
    );
    const id = items[0]?.feedback.id ?? '';
    await timed(times.context, () => api.getReviewItem({ params: { id } }));
    await timed(times.decision, () => api.decideReview({ body: { ids: [id], decision } }));
    await timed(times.undo, () => api.undoReview({ body: {} }));
    await api.decideReview({ body: { ids: [id], decision } });
    await timed(times.progress, () => api.reviewProgress({ query: {} }));
    await timed(times.live, () => api.liveCounters());
    await api.releaseReservations({ body: {} });
  }
  return Object.entries(times).map(([what, taken]) => ({ what, ...summarise(taken) }));
}
