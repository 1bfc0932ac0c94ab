import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { AttuneError } from '@attune/contracts';
import { sql } from 'kysely';
import { testOnEachDatabase } from './testing/each-database.ts';
import { storeFeedback } from './testing/stored-feedback.ts';

const MINUTE = 60_000;
const idsOf = (items: { feedback: { id: string } }[]) => items.map(({ feedback }) => feedback.id);
const fails = (code: string) => (error: unknown) => error instanceof AttuneError && error.code === code;

await testOnEachDatabase('ten people at once get a thousand items, none of them twice', async (queue) => {
  const stored = await storeFeedback(queue.database.sql, queue.organization, Array(1000).fill({}));
  const people = await Promise.all(Array.from({ length: 10 }, (_, n) => queue.reviewer(`R${n}`)));
  const taken: string[] = [];
  await Promise.all(
    people.map(async ({ call }, index) => {
      for (;;) {
        const order = (['newest', 'oldest', 'random', 'teaching'] as const)[index % 4] ?? 'newest';
        const { items } = await call('reserveNext', { body: { count: 10, order } });
        if (items.length === 0) return;
        taken.push(...idsOf(items));
        // Held items run up to thirty: flagging them makes room, and none may come again.
        const decision = { action: 'flag' as const };
        await call('decideReview', { body: { ids: idsOf(items), decision } });
      }
    }),
  );
  assert.equal(taken.length, 1000);
  assert.deepEqual(taken.toSorted(), stored.toSorted());
});

await testOnEachDatabase('an item is free again when its holder falls silent', async (queue) => {
  const [id = ''] = await storeFeedback(queue.database.sql, queue.organization, [{}]);
  const ann = await queue.reviewer('Ann');
  const ben = await queue.reviewer('Ben');
  const first = await ann.call('reserveNext', { body: {} });
  assert.deepEqual(first.held_ids, [id]);
  assert.equal(first.items[0]?.review.reserved?.mine, true);
  assert.deepEqual((await ben.call('reserveNext', { body: {} })).items, []);
  queue.later(4 * MINUTE);
  assert.deepEqual((await ann.call('renewReservations', { body: { ids: [id] } })).held_ids, [id]);
  queue.later(4 * MINUTE);
  assert.deepEqual((await ben.call('reserveNext', { body: {} })).items, [], 'it was renewed');
  queue.later(2 * MINUTE);
  assert.deepEqual(idsOf((await ben.call('reserveNext', { body: {} })).items), [id]);
  const late = await ann.call('renewReservations', { body: { ids: [id] } });
  assert.deepEqual(
    late.refused.map(({ by }) => by),
    ['Ben'],
  );
  await assert.rejects(
    ann.call('decideReview', { body: { ids: [id], decision: { action: 'approve' } } }),
    (error: unknown) =>
      fails('item_reserved_by_other')(error) && error instanceof AttuneError && /Ben/.test(error.message),
  );
  assert.deepEqual(await ben.call('releaseReservations', { body: {} }), { released: 1 });
  const decided = await ann.call('decideReview', { body: { ids: [id], decision: { action: 'approve' } } });
  assert.equal(decided.decision.done, 1);
});

await testOnEachDatabase(
  'an item that is being written about in the background is not overlooked',
  async (queue) => {
    const [id = ''] = await storeFeedback(queue.database.sql, queue.organization, [{}]);
    const ann = await queue.reviewer('Ann');
    const written = Promise.withResolvers<void>();
    const isLocked = Promise.withResolvers<void>();
    const writing = queue.database.sql.transaction().execute(async (transaction) => {
      await sql`SELECT FROM rlhf_feedback WHERE id = ${id} FOR NO KEY UPDATE`.execute(transaction);
      isLocked.resolve();
      await written.promise;
    });
    await isLocked.promise;
    const reserving = ann.call('reserveNext', { body: {} });
    await sleep(200);
    written.resolve();
    await writing;
    assert.deepEqual(idsOf((await reserving).items), [id]);
  },
);

await testOnEachDatabase('among several items, those in others’ hands are left alone', async (queue) => {
  const ids = await storeFeedback(queue.database.sql, queue.organization, [{}, {}, {}]);
  const ann = await queue.reviewer('Ann');
  const ben = await queue.reviewer('Ben');
  const held = idsOf((await ben.call('reserveNext', { body: {} })).items);
  const unknown = randomUUID();
  const { decision, reserved, unknown_ids } = await ann.call('decideReview', {
    body: { ids: [...ids, unknown], decision: { action: 'reject' } },
  });
  assert.deepEqual([decision.items, decision.done, decision.left_alone], [3, 2, 1]);
  assert.deepEqual(
    reserved.map(({ id, by }) => [id, by]),
    [[held[0], 'Ben']],
  );
  assert.deepEqual(unknown_ids, [unknown]);
});

await testOnEachDatabase('holding the ones before is a choice, and ends at thirty', async (queue) => {
  await storeFeedback(queue.database.sql, queue.organization, Array(40).fill({}));
  const { call } = await queue.reviewer('Ann');
  const next = (hold_previous: boolean) =>
    call('reserveNext', { body: { count: 10, order: 'oldest', hold_previous } });
  const first = await next(false);
  assert.deepEqual(idsOf((await next(false)).items), idsOf(first.items), 'let go and taken again');
  const all = [await next(true), await next(true), await next(true)];
  assert.deepEqual(
    all.map(({ items, held_ids }) => [items.length, held_ids.length]),
    [
      [10, 20],
      [10, 30],
      [0, 30],
    ],
  );
});

await testOnEachDatabase('what is skipped comes back after a day, and to others at once', async (queue) => {
  const [id = ''] = await storeFeedback(queue.database.sql, queue.organization, [{}]);
  const ann = await queue.reviewer('Ann');
  const ben = await queue.reviewer('Ben');
  const next = async ({ call }: typeof ann) => idsOf((await call('reserveNext', { body: {} })).items);
  assert.deepEqual(await next(ann), [id]);
  await ann.call('decideReview', { body: { ids: [id], decision: { action: 'skip' } } });
  assert.deepEqual(await next(ann), []);
  assert.deepEqual(await next(ben), [id]);
  await ben.call('releaseReservations', { body: {} });
  queue.later(25 * 60 * MINUTE);
  assert.deepEqual(await next(ann), [id]);
});

await testOnEachDatabase(
  'what is assigned to somebody goes to nobody else, unless they ask',
  async (queue) => {
    const [mine = '', theirs = ''] = await storeFeedback(queue.database.sql, queue.organization, [{}, {}]);
    const ann = await queue.reviewer('Ann');
    const ben = await queue.reviewer('Ben');
    const stranger = await queue.stranger();
    const assign = (id: string, assignee: string) =>
      ann.call('decideReview', { body: { ids: [id], decision: { action: 'assign', assignee } } });
    await assert.rejects(assign(mine, stranger.id), fails('member_not_found'));
    await assign(mine, 'me');
    await assign(theirs, ben.id);
    const next = await ann.call('reserveNext', { body: { count: 5 } });
    assert.deepEqual(idsOf(next.items), [mine]);
    assert.deepEqual(next.items[0]?.review.assigned_to, { id: ann.id, name: 'Ann' });
    const asked = { filter: { assigned_to: ben.id }, count: 5 };
    assert.deepEqual(idsOf((await ann.call('reserveNext', { body: asked })).items), [theirs]);
    const { items } = await ann.call('reviewers');
    assert.deepEqual(
      items.map(({ name, assigned }) => [name, assigned]),
      [
        ['Ann', 1],
        ['Ben', 1],
      ],
    );
  },
);

await testOnEachDatabase('nothing of it is open to another organisation', async (queue) => {
  const ids = await storeFeedback(queue.database.sql, queue.organization, [{}, {}]);
  const { call } = await queue.stranger();
  assert.deepEqual((await call('reviewQueue', { query: {} })).items, []);
  assert.deepEqual((await call('reserveNext', { body: {} })).items, []);
  assert.deepEqual((await call('renewReservations', { body: { ids } })).held_ids, []);
  const [id = ''] = ids;
  await assert.rejects(call('getReviewItem', { params: { id } }), fails('feedback_not_found'));
  const body = { ids, decision: { action: 'approve' as const } };
  await assert.rejects(call('decideReview', { body }), fails('feedback_not_found'));
});
