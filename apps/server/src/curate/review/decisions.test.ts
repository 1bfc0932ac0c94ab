import assert from 'node:assert/strict';
import { AttuneError, type ReviewAction, type ReviewItem } from '@attune/contracts';
import { testOnEachDatabase } from './testing/each-database.ts';
import type { Call } from './testing/open-test-review.ts';
import { storeFeedback } from './testing/stored-feedback.ts';
import { until } from './testing/until.ts';

const fails = (code: string) => (error: unknown) => error instanceof AttuneError && error.code === code;

async function itemOf(call: Call, id: string): Promise<ReviewItem> {
  const { feedback, review } = await call('getReviewItem', { params: { id } });
  return { feedback, review };
}

/** What a decision may change. */
function stateOf({ feedback, review }: ReviewItem) {
  const { status, tags, curator_email } = feedback;
  return {
    status,
    tags,
    curator_email,
    note: review.note,
    correction: review.correction,
    assigned: review.assigned_to,
  };
}

await testOnEachDatabase(
  'blanks are no correction, tag or note, and a misspelt filter is refused',
  async (queue) => {
    const [id = ''] = await storeFeedback(queue.database.sql, queue.organization, [{}]);
    const { call } = await queue.reviewer('Ann');
    const blank: ReviewAction[] = [
      { action: 'correct', correction: ' \n' },
      { action: 'tag', tags: ['fine', ' '] },
      { action: 'note', note: '\t' },
      { action: 'reject', note: ' ' },
    ];
    for (const decision of blank) {
      await assert.rejects(call('decideReview', { body: { ids: [id], decision } }), fails('invalid_request'));
    }
    assert.equal((await itemOf(call, id)).feedback.status, 'pending');
    const misspelt = { filter: { min_rating: 1, min_raitng: 5 } };
    await assert.rejects(call('previewDecision', { body: misspelt }), fails('invalid_request'));
    await assert.rejects(call('reserveNext', { body: misspelt }), fails('invalid_request'));
  },
);

await testOnEachDatabase(
  'every action does what it says, and undo puts back exactly what was',
  async (queue) => {
    const [id = ''] = await storeFeedback(queue.database.sql, queue.organization, [
      { tags: ['old', 'kept'] },
    ]);
    const { call, id: me } = await queue.reviewer('Ann');
    const email = `${me}@example.com`;
    const decide = (decision: ReviewAction) => call('decideReview', { body: { ids: [id], decision } });
    const steps: [ReviewAction, Partial<ReturnType<typeof stateOf>>][] = [
      [
        { action: 'flag', note: 'Look at this.' },
        { status: 'flagged', note: 'Look at this.', curator_email: email },
      ],
      [{ action: 'reopen' }, { status: 'pending' }],
      [{ action: 'tag', tags: ['new', 'old'] }, { tags: ['old', 'kept', 'new'] }],
      [{ action: 'untag', tags: ['old', 'unknown'] }, { tags: ['kept', 'new'] }],
      [{ action: 'note', note: null }, { note: null }],
      [{ action: 'assign', assignee: 'me' }, { assigned: { id: me, name: 'Ann' } }],
      [{ action: 'unassign' }, { assigned: null }],
      [
        { action: 'correct', correction: 'Better.\u0000' },
        { status: 'approved', correction: 'Better.\uFFFD' },
      ],
      [{ action: 'reject' }, { status: 'rejected' }],
      [{ action: 'approve' }, { status: 'approved', correction: 'Better.\uFFFD' }],
    ];
    const states = [stateOf(await itemOf(call, id))];
    for (const [decision, change] of steps) {
      const before = states.at(-1);
      const made = await decide(decision);
      assert.deepEqual([made.decision.state, made.decision.done, made.decision.undoable], ['done', 1, true]);
      const now = stateOf(await itemOf(call, id));
      const expected = { ...before, ...change, curator_email: email };
      assert.deepEqual(
        { ...now, tags: now.tags.toSorted() },
        { ...expected, tags: expected.tags?.toSorted() },
      );
      states.push(now);
    }
    for (const before of states.slice(0, -1).toReversed()) {
      const { restored, skipped } = await call('undoReview', { body: {} });
      assert.deepEqual([restored, skipped], [1, 0]);
      assert.deepEqual(stateOf(await itemOf(call, id)), before);
    }
    await assert.rejects(call('undoReview', { body: {} }), fails('nothing_to_undo'));
    const { decisions } = await call('getReviewItem', { params: { id } });
    assert.equal(decisions.length, steps.length);
    assert.ok(decisions.every(({ undone, by }) => undone && by === 'Ann'));
  },
);

await testOnEachDatabase('ten decisions can be taken back, and only one’s own', async (queue) => {
  const ids = await storeFeedback(queue.database.sql, queue.organization, Array(12).fill({}));
  const ann = await queue.reviewer('Ann');
  const ben = await queue.reviewer('Ben');
  for (const id of ids) {
    await ann.call('decideReview', { body: { ids: [id], decision: { action: 'approve' } } });
  }
  await assert.rejects(ben.call('undoReview', { body: {} }), fails('nothing_to_undo'));
  const { items } = await ann.call('listReviewDecisions', { query: {} });
  assert.deepEqual(
    items.map(({ undoable }) => undoable),
    [...Array(10).fill(true), false, false],
  );
  const taken = [];
  for (let n = 0; n < 10; n += 1) {
    taken.push(...(await ann.call('undoReview', { body: {} })).decision.feedback_ids);
  }
  assert.deepEqual(taken, ids.slice(2).toReversed());
  await assert.rejects(ann.call('undoReview', { body: {} }), fails('nothing_to_undo'));
  const all = await ben.call('listReviewDecisions', { query: { by: 'all', limit: 5 } });
  assert.deepEqual([all.items.length, all.items[0]?.mine, all.next_cursor === null], [5, false, false]);
  assert.deepEqual((await ben.call('listReviewDecisions', { query: {} })).items, []);
});

await testOnEachDatabase('undo leaves alone what somebody changed since, whoever it was', async (queue) => {
  const { sql } = queue.database;
  const ids = await storeFeedback(sql, queue.organization, [{}, {}, {}, {}]);
  const [byBen = '', byScript = '', untouched = '', back = ''] = ids;
  const ann = await queue.reviewer('Ann');
  const ben = await queue.reviewer('Ben');
  await ann.call('decideReview', { body: { ids, decision: { action: 'approve' } } });
  await ben.call('decideReview', { body: { ids: [byBen], decision: { action: 'tag', tags: ['x'] } } });
  await sql.updateTable('rlhf_feedback').set({ status: 'flagged' }).where('id', '=', byScript).execute();
  // Changed and taken back: as Ann left it.
  await ben.call('decideReview', { body: { ids: [back], decision: { action: 'reject' } } });
  await ben.call('undoReview', { body: {} });
  const { restored, skipped, skipped_ids } = await ann.call('undoReview', { body: {} });
  assert.deepEqual([restored, skipped, skipped_ids.toSorted()], [2, 2, [byBen, byScript].toSorted()]);
  const statuses = [];
  for (const id of [byBen, byScript, untouched, back]) {
    statuses.push((await itemOf(ann.call, id)).feedback.status);
  }
  assert.deepEqual(statuses, ['approved', 'flagged', 'pending', 'pending']);
});

await testOnEachDatabase(
  'a whole filter is decided after a preview, in the background, and taken back',
  async (queue) => {
    const { sql } = queue.database;
    const rows = Array.from({ length: 2500 }, (_, n) => ({ rating_overall: n % 5 === 0 ? 1 : 5 }));
    await storeFeedback(sql, queue.organization, rows);
    const ann = await queue.reviewer('Ann');
    const ben = await queue.reviewer('Ben');
    const filter = { min_rating: 4 };
    const held = await ben.call('reserveNext', { body: { filter, count: 2 } });
    const { matched, sample, preview } = await ann.call('previewDecision', { body: { filter } });
    assert.deepEqual([matched, sample.length], [{ value: 2000, exact: true }, 5]);
    await storeFeedback(sql, queue.organization, [
      { rating_overall: 5, created_at: new Date(Date.now() + 3_600_000) },
    ]);

    const wrong = { filter: { min_rating: 3 }, preview, decision: { action: 'approve' as const } };
    await assert.rejects(ann.call('decideReview', { body: wrong }), fails('invalid_request'));
    const body = { filter, preview, decision: { action: 'approve' as const } };
    const { decision } = await ann.call('decideReview', { body });
    assert.deepEqual([decision.state, decision.items, decision.filter?.min_rating], ['running', 2000, 4]);
    const ended = (state: string) =>
      until(async () => {
        const now = await ann.call('getReviewDecision', { params: { id: decision.id } });
        return now.state === state ? now : null;
      });
    const done = await ended('done');
    assert.deepEqual([done.done, done.left_alone, done.undoable], [1998, 2, true]);
    const count = async (query: object) => (await ann.call('reviewQueue', { query })).count?.value;
    assert.equal(await count({ status: 'approved' }), 1998);
    assert.equal(await count({ min_rating: 4 }), 3, 'what was held, and what came after the preview');
    assert.equal(held.items.length, 2);

    await assert.rejects(ann.call('decideReview', { body }), fails('review_set_changed'));
    assert.equal((await ann.call('undoReview', { body: {} })).decision.state, 'undoing');
    await ended('undone');
    assert.equal(await count({ status: 'approved' }), 0);
    assert.equal(await count({ min_rating: 4 }), 2001);
    const audited = await sql
      .selectFrom('audit_log')
      .select(['action', 'details'])
      .where('organization', '=', queue.organization)
      .orderBy('position')
      .execute();
    assert.deepEqual(
      audited.map(({ action, details }) => [action, details.items]),
      [
        ['review.approve', 2000],
        ['review.undo', 1998],
      ],
    );
  },
);

await testOnEachDatabase(
  'progress counts what is done, and has a pace from five decisions on',
  async (queue) => {
    const ids = await storeFeedback(queue.database.sql, queue.organization, Array(8).fill({}));
    const ann = await queue.reviewer('Ann');
    const ben = await queue.reviewer('Ben');
    const approve = async ({ call }: typeof ann, id: string) => {
      queue.later(30_000);
      await call('decideReview', { body: { ids: [id], decision: { action: 'approve' } } });
    };
    for (const id of ids.slice(0, 4)) await approve(ann, id);
    await approve(ben, ids[4] ?? '');
    const since = '2020-01-01T00:00:00Z';
    const early = await ann.call('reviewProgress', { query: { since } });
    assert.deepEqual(early.done_today, { mine: 4, all: 5 });
    assert.deepEqual([early.pace, early.seconds_left], [{ per_hour: null, n: 4 }, null]);
    assert.deepEqual(early.remaining, { value: 3, exact: true });
    await approve(ann, ids[5] ?? '');
    await ben.call('undoReview', { body: {} });
    const later = await ann.call('reviewProgress', { query: { since } });
    assert.deepEqual(later.done_today, { mine: 5, all: 5 });
    assert.equal(later.remaining.value, 3);
    const perHour = later.pace.per_hour ?? 0;
    // Four intervals of half a minute, one of them with Ben's in between, and what the calls took.
    assert.ok(perHour > 20 && perHour <= 96, `${perHour}`);
    assert.equal(later.seconds_left, Math.round((3 / perHour) * 3600));
  },
);
