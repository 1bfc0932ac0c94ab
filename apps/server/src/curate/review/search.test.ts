import assert from 'node:assert/strict';
import { AttuneError, type ReviewOrder } from '@attune/contracts';
import { queryKey } from '@attune/core';
import { sql } from 'kysely';
import { testOnEachDatabase } from './testing/each-database.ts';
import type { Call, TestReview } from './testing/open-test-review.ts';
import { storeFeedback } from './testing/stored-feedback.ts';
import { until } from './testing/until.ts';

const fails = (code: string) => (error: unknown) => error instanceof AttuneError && error.code === code;

async function idsOf(call: Call, query: object): Promise<string[]> {
  const found: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof call<'reviewQueue'>>> = await call('reviewQueue', {
      query: { ...query, ...(cursor !== null && { cursor }) },
    });
    found.push(...page.items.map(({ feedback }) => feedback.id));
    cursor = page.next_cursor;
  } while (cursor !== null);
  return found;
}

/** Waits until everything of an organisation has been embedded and scored. */
function indexed({ database, organization }: TestReview): Promise<true> {
  return until(async () => {
    const due = await database.sql
      .selectFrom('review_index')
      .select('feedback_id')
      .where('organization', '=', organization)
      .where('due_at', 'is not', null)
      .limit(1)
      .execute();
    return due.length === 0 ? true : null;
  });
}

await testOnEachDatabase('the queue obeys every filter', async (queue) => {
  const ann = await queue.reviewer('Ann');
  const ben = await queue.reviewer('Ben');
  const rows = Array.from({ length: 36 }, (_, n) => ({
    status: n % 6 === 0 ? ('approved' as const) : ('pending' as const),
    source: n % 9 === 0 ? ('expert' as const) : ('user' as const),
    rating_overall: 1 + (n % 5),
    tags: n % 4 === 0 ? ['x', 'y'] : [],
    session_id: `s${n % 4}`,
    user_id: `u${n % 3}`,
    text_feedback: n % 5 === 0 ? 'comment' : n % 5 === 1 ? '' : null,
    assigned_to: n % 7 === 0 ? ann.id : n % 7 === 1 ? ben.id : null,
    reward_model: n % 2 === 0 ? 'm@1.0.0' : null,
    value: n % 8 === 0 ? { correction: 'better' } : {},
    review_correction: n % 10 === 3 ? 'curated' : null,
  }));
  const ids = await storeFeedback(queue.database.sql, queue.organization, rows);
  // Only then does nothing in the background set it any more.
  await indexed(queue);
  await sql`UPDATE rlhf_feedback SET review_disagreement = 0.1 * (extract(minute FROM created_at)::int % 10)
    WHERE organization = ${queue.organization} AND extract(minute FROM created_at)::int % 3 <> 0`.execute(
    queue.database.sql,
  );
  const numbered = (keep: (n: number) => boolean) => ids.filter((_, n) => keep(n)).toSorted();
  const pending = (n: number) => n % 6 !== 0;
  const cases: [object, (n: number) => boolean][] = [
    [{}, pending],
    [{ status: 'approved' }, (n) => !pending(n)],
    [{ source: 'expert' }, (n) => pending(n) && n % 9 === 0],
    [{ session_id: 's1' }, (n) => pending(n) && n % 4 === 1],
    [{ user_id: 'u2' }, (n) => pending(n) && n % 3 === 2],
    [{ min_rating: 4 }, (n) => pending(n) && n % 5 >= 3],
    [{ max_rating: 2 }, (n) => pending(n) && n % 5 <= 1],
    [{ tag: 'y' }, (n) => pending(n) && n % 4 === 0],
    [{ has_comment: true }, (n) => pending(n) && n % 5 === 0],
    [{ has_comment: false }, (n) => pending(n) && n % 5 !== 0],
    [{ has_correction: true }, (n) => pending(n) && (n % 8 === 0 || n % 10 === 3)],
    [{ has_correction: false }, (n) => pending(n) && n % 8 !== 0 && n % 10 !== 3],
    [{ assigned_to: 'me' }, (n) => pending(n) && n % 7 === 0],
    [{ assigned_to: ben.id }, (n) => pending(n) && n % 7 === 1],
    [{ assigned_to: 'nobody' }, (n) => pending(n) && n % 7 > 1],
    [{ mine: true }, (n) => pending(n) && n % 7 === 0],
    [{ reward_model: 'm@1.0.0' }, (n) => pending(n) && n % 2 === 0],
    [{ min_disagreement: 0.7 }, (n) => pending(n) && n % 3 !== 0 && n % 10 >= 7],
    [
      { after: '2026-01-01T00:10:00Z', before: '2026-01-01T00:20:00Z' },
      (n) => pending(n) && n >= 10 && n < 20,
    ],
    [{ response_id: ids[0] ?? '' }, () => false],
  ];
  for (const [query, keep] of cases) {
    const expected = numbered(keep);
    assert.deepEqual((await idsOf(ann.call, query)).toSorted(), expected, JSON.stringify(query));
    const { count } = await ann.call('reviewQueue', { query: { ...query, limit: 1 } });
    assert.deepEqual(count, { value: expected.length, exact: true }, JSON.stringify(query));
  }
});

await testOnEachDatabase(
  'every order goes through everything once, whatever the page size',
  async (queue) => {
    const { call } = await queue.reviewer('Ann');
    // Several have one time and one priority.
    const rows = Array.from({ length: 23 }, (_, n) => ({
      created_at: new Date(Date.UTC(2026, 0, 1) + Math.floor(n / 4) * 1000),
    }));
    const ids = await storeFeedback(queue.database.sql, queue.organization, rows);
    // Only then does nothing in the background set it any more.
    await indexed(queue);
    await sql`UPDATE rlhf_feedback SET review_priority = (ascii(right(id::text, 1)) % 4)::real / 7
    WHERE organization = ${queue.organization}`.execute(queue.database.sql);
    const orders: ReviewOrder[] = ['newest', 'oldest', 'teaching', 'random'];
    const found = new Map<string, string[]>();
    for (const order of orders) {
      for (const limit of [1, 4, 200]) {
        const all = await idsOf(call, { order, limit });
        assert.deepEqual(all.toSorted(), ids.toSorted(), `${order} ${limit}`);
        assert.deepEqual(all, found.get(order) ?? all, `${order} ${limit}`);
        found.set(order, all);
      }
    }
    assert.deepEqual(found.get('newest'), found.get('oldest')?.toReversed());
    const { next_cursor } = await call('reviewQueue', { query: { order: 'newest', limit: 1 } });
    for (const query of [
      { order: 'random', cursor: next_cursor ?? '' },
      { cursor: 'x' },
      { semantic: 'x', cursor: next_cursor ?? '' },
    ] as const) {
      await assert.rejects(call('reviewQueue', { query }), fails('invalid_cursor'));
    }
  },
);

await testOnEachDatabase(
  'words are found in question, answer and comment, in any language',
  async (queue) => {
    const { call } = await queue.reviewer('Ann');
    const [vietnamese = '', english = '', commented = ''] = await storeFeedback(
      queue.database.sql,
      queue.organization,
      [
        { query: 'Thời gian cách ly là bao lâu?' },
        { response: 'Quarantine lasts ten days.' },
        { text_feedback: 'The refund was never mentioned' },
      ],
    );
    const search = (q: string) => idsOf(call, { q });
    assert.deepEqual(await search('cách ly'), [vietnamese]);
    assert.deepEqual(await search('"cách ly là"'), [vietnamese]);
    assert.deepEqual(await search('QUARANTINE'), [english]);
    assert.deepEqual((await search('refund or quarantine')).toSorted(), [english, commented].toSorted());
    assert.deepEqual(await search('quarantine -days'), []);
    assert.deepEqual(await search('?!'), []);
    await queue.database.sql
      .updateTable('rlhf_feedback')
      .set({ text_feedback: 'About invoices' })
      .where('id', '=', commented)
      .execute();
    assert.deepEqual(await search('refund'), []);
    assert.deepEqual(await search('invoices'), [commented]);
  },
);

await testOnEachDatabase('a search by meaning finds what asks the same in other words', async (queue) => {
  const { call } = await queue.reviewer('Ann');
  const ask = (query: string, tags: string[] = []) => ({ query, query_key: queryKey(query), tags });
  const [refund = '', same = '', money = '', weather = ''] = await storeFeedback(
    queue.database.sql,
    queue.organization,
    [
      ask('How do I get a refund for my order?'),
      ask('how do i get a refund for my order', ['billing', 'refund']),
      ask('How can I get a refund of the order that I paid?', ['billing']),
      ask('Will it rain in Hanoi tomorrow?', ['weather']),
    ],
  );
  await indexed(queue);
  const { semantic_index } = await call('reviewQueue', { query: { semantic: 'x' } });
  assert.deepEqual(semantic_index, { indexed: 4, total: 4 });
  const found = await idsOf(call, { semantic: 'refund for an order', limit: 1 });
  assert.deepEqual(found.toSorted(), [refund, same, money].toSorted());
  assert.deepEqual(await idsOf(call, { semantic: 'rain tomorrow in Hanoi' }), [weather]);
  assert.deepEqual(await idsOf(call, { semantic: 'rain tomorrow in Hanoi', tag: 'billing' }), []);
  const taken = await call('reserveNext', {
    body: { filter: { semantic: 'rain tomorrow in Hanoi' }, count: 5 },
  });
  assert.deepEqual(taken.held_ids, [weather]);

  const context = await call('getReviewItem', { params: { id: refund } });
  assert.deepEqual(
    context.similar.map(({ id }) => id),
    [same, money],
  );
  assert.equal(context.similar[0]?.similarity, 1);
  assert.deepEqual(context.suggested_tags, [
    { tag: 'billing', count: 2 },
    { tag: 'refund', count: 1 },
  ]);
  assert.deepEqual((await call('reviewTags')).tags[0], { tag: 'billing', count: 2 });
});

await testOnEachDatabase(
  'what teaches most comes first, and again when another model goes live',
  async (queue) => {
    const { call } = await queue.reviewer('Ann');
    const answer = (length: number, rating: number | null) => ({
      response: 'x'.repeat(length),
      rating_overall: rating,
    });
    const [right = '', wrong = '', unsure = ''] = await storeFeedback(
      queue.database.sql,
      queue.organization,
      [answer(100, 5), answer(100, 1), answer(50, 3)],
    );
    queue.goLive('length@1.0.0', 100);
    const teaching = async () => (await call('reviewQueue', { query: { order: 'teaching' } })).items;
    // A page is put together in two steps, so the one that shows all scores may still have the order before.
    const scoredBy = async (scores: readonly number[]) => {
      await until(async () => {
        const known = (await teaching()).map(({ review }) => review.score ?? -1);
        return known.every((score) => scores.includes(score)) ? true : null;
      });
      return teaching();
    };
    const items = await scoredBy([1, 0.5]);
    assert.deepEqual(
      items.map(({ feedback, review }) => [feedback.id, review.score, review.disagreement]),
      [
        [wrong, 1, 1],
        [unsure, 0.5, 0],
        [right, 1, 0],
      ],
    );
    assert.deepEqual(await idsOf(call, { min_disagreement: 0.5 }), [wrong]);
    // Now the long ones are at 0.5, and the complaint about one of them is still first; the praise is before the sure one.
    queue.goLive('length@2.0.0', 200);
    const again = await scoredBy([0.5, 0.25]);
    assert.deepEqual(
      again.map(({ feedback, review }) => [feedback.id, review.score]),
      [
        [wrong, 0.5],
        [right, 0.5],
        [unsure, 0.25],
      ],
    );
  },
);

await testOnEachDatabase('views are kept for oneself or shared', async (queue) => {
  const ann = await queue.reviewer('Ann');
  const ben = await queue.reviewer('Ben');
  const filter = { tag: 'billing', has_comment: true };
  const mine = await ann.call('createReviewView', { body: { name: ' Billing ', filter, order: 'teaching' } });
  assert.deepEqual(
    [mine.name, mine.filter, mine.order, mine.shared, mine.mine],
    ['Billing', { status: 'pending', ...filter }, 'teaching', false, true],
  );
  const params = { id: mine.id };
  assert.deepEqual((await ben.call('listReviewViews', { query: {} })).items, []);
  await ann.call('updateReviewView', { params, body: { shared: true, name: 'Bills' } });
  const [shared] = (await ben.call('listReviewViews', { query: {} })).items;
  assert.deepEqual([shared?.name, shared?.mine], ['Bills', false]);
  await assert.rejects(
    ben.call('updateReviewView', { params, body: { name: 'x' } }),
    fails('view_not_found'),
  );
  await assert.rejects(ben.call('deleteReviewView', { params }), fails('view_not_found'));
  assert.deepEqual((await (await queue.stranger()).call('listReviewViews', { query: {} })).items, []);
  await ann.call('deleteReviewView', { params });
  assert.deepEqual((await ann.call('listReviewViews', { query: {} })).items, []);
});
