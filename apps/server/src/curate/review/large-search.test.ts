import assert from 'node:assert/strict';
import type { ReviewOrder } from '@attune/contracts';
import { sql } from 'kysely';
import { testOnEachDatabase } from './testing/each-database.ts';
import type { Call, TestReview } from './testing/open-test-review.ts';

/** Enough that a word in nearly all of them is searched otherwise than one in some, and that otherwise than a rare one. */
const ROWS = 10_600;

/** `common` in all but the newest 450, `some` in a third, `odd` in the odd ones, `rare` in one of 200; tags alike. */
async function fill({ database, organization }: TestReview): Promise<void> {
  await database.sql.transaction().execute(async (transaction) => {
    await sql`INSERT INTO rlhf_feedback (id, organization, person, query, response, rating_overall, tags, text_feedback,
        review_priority, review_disagreement, created_at)
      SELECT gen_random_uuid(), ${organization}, 'p', 'Question ' || n,
        CASE WHEN n < ${ROWS - 450} THEN 'common' ELSE 'other' END || CASE WHEN n % 3 = 0 THEN ' some' ELSE '' END
          || CASE WHEN n % 200 = 0 THEN ' rare' ELSE '' END || CASE WHEN n % 2 = 1 THEN ' odd' ELSE '' END,
        1 + n % 5, CASE WHEN n % 50 = 0 THEN '{x}'::text[] ELSE '{}' END || CASE WHEN n % 2 = 0 THEN '{even}'::text[] ELSE '{}' END, CASE WHEN n % 7 = 0 THEN 'comment' END,
        (n * 7919 % 1009) / 1009.0, (n % 10) / 10.0, '2026-01-01'::timestamptz + n * interval '1 minute'
      FROM generate_series(0, ${ROWS - 1}) AS n`.execute(transaction);
    // Nothing in the background is to rank them anew.
    await sql`UPDATE review_index SET due_at = NULL WHERE organization = ${organization}`.execute(
      transaction,
    );
  });
}

interface Row {
  readonly id: string;
  readonly n: number;
  readonly priority: number;
  readonly shuffled: string;
}

async function rowsOf({ database, organization }: TestReview): Promise<Row[]> {
  const { rows } = await sql<Row>`SELECT id, split_part(query, ' ', 2)::int AS n, review_priority AS priority,
    md5(id::text) AS shuffled FROM rlhf_feedback WHERE organization = ${organization}`.execute(database.sql);
  return rows;
}

const after = (a: string | number, b: string | number) => (a < b ? 1 : a > b ? -1 : 0);
const orders: Record<ReviewOrder, (a: Row, b: Row) => number> = {
  newest: (a, b) => b.n - a.n,
  oldest: (a, b) => a.n - b.n,
  teaching: (a, b) => after(a.priority, b.priority) || after(a.id, b.id),
  random: (a, b) => after(b.shuffled, a.shuffled),
};

const common = (n: number) => n < ROWS - 450;
const cases: [object, (n: number) => boolean][] = [
  [{ q: 'common' }, common],
  [{ q: 'some' }, (n) => n % 3 === 0],
  [{ q: 'rare' }, (n) => n % 200 === 0],
  [{ q: 'nowhere' }, () => false],
  [{ q: 'common', min_rating: 5 }, (n) => common(n) && n % 5 === 4],
  [{ q: 'common', tag: 'x' }, (n) => common(n) && n % 50 === 0],
  [{ q: 'common', has_comment: true }, (n) => common(n) && n % 7 === 0],
  [
    { q: 'common', has_comment: true, min_rating: 5, min_disagreement: 0.85 },
    (n) => common(n) && n % 70 === 49,
  ],
  [{ q: 'some', tag: 'x' }, (n) => n % 150 === 0],
  [{ q: 'some', tag: 'even' }, (n) => n % 6 === 0],
  [{ q: 'common', tag: 'even', max_rating: 3 }, (n) => common(n) && n % 2 === 0 && n % 5 < 3],
  [{ q: 'odd', tag: 'even' }, () => false],
  [{ q: 'some rare', max_rating: 1 }, (n) => n % 600 === 0],
  [{ q: 'some -common', has_comment: false }, (n) => n % 3 === 0 && !common(n) && n % 7 !== 0],
  [{ q: 'common', after: '2026-01-08T00:00:00Z' }, (n) => common(n) && n >= 7 * 1440],
];

/** The first two pages of 5, and the first of 200. */
async function pages(call: Call, query: object) {
  const first = await call('reviewQueue', { query: { ...query, limit: 5 } });
  const cursor = first.next_cursor;
  const next = cursor === null ? null : await call('reviewQueue', { query: { ...query, limit: 5, cursor } });
  const large = await call('reviewQueue', { query: { ...query, limit: 200 } });
  const ids = (page: typeof first | null) => (page?.items ?? []).map(({ feedback }) => feedback.id);
  return { small: [...ids(first), ...ids(next)], large: ids(large), count: first.count };
}

await testOnEachDatabase('searches of a large queue find what looking at everything finds', async (queue) => {
  const { call } = await queue.reviewer('Ann');
  await fill(queue);
  const rows = await rowsOf(queue);
  for (const [index, [query, keep]] of cases.entries()) {
    const kept = rows.filter(({ n }) => keep(n));
    for (const order of index % 2 === 0
      ? (['newest', 'random'] as const)
      : (['oldest', 'teaching'] as const)) {
      const expected = kept.toSorted(orders[order]).map(({ id }) => id);
      const { small, large, count } = await pages(call, { ...query, order });
      const what = `${JSON.stringify(query)} ${order}`;
      assert.deepEqual(small, expected.slice(0, 10), what);
      assert.deepEqual(large, expected.slice(0, 200), what);
      const shown = count?.exact === true ? expected.length : Math.min(expected.length, 1000);
      assert.equal(count?.value, shown, what);
    }
  }
});
