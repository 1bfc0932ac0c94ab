import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testOnEachDatabase } from './testing/each-database.ts';
import { openTestRoom } from './testing/open-test-room.ts';
import { storeFeedback, usedCount } from './testing/stored-feedback.ts';

const pair = { query: 'How long?', chosen_response: 'Ten days.', rejected_response: 'A while.' };

await testOnEachDatabase(
  'pairs are written, listed in pages, changed and deleted',
  async ({ call, other }) => {
    const made = [];
    for (let n = 0; n < 5; n++) {
      made.unshift(
        await call('createPair', { body: { ...pair, query: `question ${n}`, preference_strength: 0.7 } }),
      );
    }
    assert.equal(made[0]?.annotator_email, 'curator@example.com');
    assert.equal(made[0]?.method, 'manual');

    const first = await call('listPairs', { query: { limit: 3 } });
    const second = await call('listPairs', { query: { limit: 3, cursor: first.next_cursor ?? '' } });
    assert.deepEqual([...first.items, ...second.items], made);
    assert.equal(second.next_cursor, null);
    await assert.rejects(call('listPairs', { query: { cursor: 'nonsense' } }), { code: 'invalid_cursor' });

    const params = { id: made[0]?.id ?? '' };
    const changed = await call('updatePair', {
      params,
      body: { chosen_response: 'Two.', preference_strength: 0.25 },
    });
    assert.deepEqual(changed, { ...made[0], chosen_response: 'Two.', preference_strength: 0.25 });
    await assert.rejects(call('updatePair', { params, body: { rejected_response: 'Two.' } }), {
      code: 'invalid_request',
    });
    assert.deepEqual(await call('updatePair', { params, body: {} }), changed);

    await assert.rejects(call('updatePair', { params, body: {} }, other), { code: 'pair_not_found' });
    await assert.rejects(call('deletePair', { params }, other), { code: 'pair_not_found' });
    assert.deepEqual((await call('listPairs', { query: {} }, other)).items, []);
    assert.deepEqual(await call('deletePair', { params }), { ok: true });
    await assert.rejects(call('deletePair', { params }), { code: 'pair_not_found' });
  },
);

test('pairs in a frozen data set stay as they are', async () => {
  const { db, call, organization } = await openTestRoom('pglite');
  const { id } = await call('createPair', { body: pair });
  const set = await call('prepareDataset', { body: { minimum: 1 } });
  assert.equal(set.pair_count, 1);
  assert.equal((await call('listPairs', { query: { dataset_id: set.id } })).items[0]?.id, id);
  await assert.rejects(call('updatePair', { params: { id }, body: { preference_strength: 0 } }), {
    code: 'dataset_frozen',
  });
  await assert.rejects(call('deletePair', { params: { id } }), { code: 'dataset_frozen' });
  assert.equal(await usedCount(db, organization), 0);
});

await testOnEachDatabase(
  'imported pairs: bad rows are named, known ones counted',
  async ({ call, other }) => {
    const rows = [
      { line: 2, data: { prompt: 'p', chosen: 'a', rejected: 'b' } },
      { line: 3, data: { prompt: 'p', chosen: 'a', rejected: 'b', strength: '0.5' } },
      { line: 4, data: { prompt: 'p', chosen: 'same', rejected: 'same' } },
      { line: 5, data: { prompt: 'p', chosen: 'a' } },
      { line: 6, data: { prompt: 'p', chosen: 'a\0', rejected: 'c', strength: '' } },
      { line: 7, data: { prompt: 'p', chosen: 'a', rejected: 'd', strength: 7 } },
    ];
    const first = await call('importPairs', { body: { rows } });
    assert.equal(first.imported, 2);
    assert.equal(first.already_there, 1);
    assert.deepEqual(
      first.errors.map(({ line, param }) => [line, param]),
      [
        [4, 'rejected'],
        [5, 'rejected'],
        [7, 'strength'],
      ],
    );
    const second = await call('importPairs', { body: { rows } });
    assert.deepEqual([second.imported, second.already_there], [0, 3]);
    const elsewhere = await call('importPairs', { body: { rows: rows.slice(0, 1) } }, other);
    assert.equal(elsewhere.imported, 1);
    assert.equal((await call('listPairs', { query: { method: 'import' } })).items.length, 2);
  },
);

test('pairs from chosen feedback, first as a preview', async () => {
  const { db, call, organization, other } = await openTestRoom('pglite');
  const ids = await storeFeedback(db, organization, [
    { query: 'How long?', response: 'Ten days.', rating: 5 },
    { query: 'how long', response: 'A while.', rating: 2 },
    { query: 'How long?', response: 'Some time.', rating: null, correction: 'Exactly ten days.' },
    { query: 'Why?', response: 'Because.', rating: 3 },
  ]);
  const preview = await call('pairsFromFeedback', { body: { feedback_ids: ids, preview: true } });
  assert.equal(preview.created, 0);
  assert.deepEqual(
    preview.pairs.map((row) => [row.method, row.chosen_response, row.rejected_response]).sort(),
    [
      ['correction', 'Exactly ten days.', 'Some time.'],
      ['direct', 'Ten days.', 'A while.'],
    ],
  );
  assert.ok(preview.left_out.length > 0);
  assert.deepEqual((await call('listPairs', { query: {} })).items, []);

  const made = await call('pairsFromFeedback', { body: { feedback_ids: ids } });
  assert.equal(made.created, 2);
  assert.equal((await call('listPairs', { query: {} })).items.length, 2);
  const again = await call('pairsFromFeedback', { body: { feedback_ids: ids } });
  assert.equal(again.created, 0);
  assert.ok(again.left_out.some(({ reason, count }) => reason === 'already_there' && count === 2));
  await assert.rejects(call('pairsFromFeedback', { body: { feedback_ids: ids } }, other), {
    code: 'feedback_not_found',
  });
});
