import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testOnEachDatabase } from './testing/each-database.ts';
import { openTestRoom } from './testing/open-test-room.ts';
import { storeFeedback, usedCount } from './testing/stored-feedback.ts';

const given = [
  { query: 'How long?', response: 'Ten days.', rating: 5 },
  { query: 'How long?', response: 'A while.', rating: 2, comment: 'vague' },
  { query: 'Why?', response: 'Because.', rating: 1 },
  { query: 'Why?', response: 'To protect others.', rating: 4, dimensions: { accuracy: 5 } },
];

await testOnEachDatabase(
  'a draft is filled, renamed, frozen, and then stays as it is',
  async ({ room, db, call, organization, other }) => {
    const ids = await storeFeedback(db, organization, given);
    const draft = await call('createDataset', { body: { name: 'mine', feedback_ids: ids.slice(0, 1) } });
    assert.equal(draft.status, 'draft');
    assert.equal(draft.content_hash, null);
    await assert.rejects(room.datasets.open(organization, 'mine'), { code: 'dataset_not_ready' });

    const params = { id: draft.id };
    const curating = await call('updateDataset', {
      params,
      body: { status: 'curating', name: 'ours', feedback_ids: ids },
    });
    assert.equal(curating.status, 'curating');
    assert.equal(curating.name, 'ours');
    assert.equal(await usedCount(db, organization), 0);

    const frozen = await call('updateDataset', { params, body: { status: 'ready' } });
    assert.equal(frozen.status, 'ready');
    assert.equal(frozen.sample_count, 4);
    assert.deepEqual(frozen.report?.rating_distribution, { '1': 1, '2': 1, '4': 1, '5': 1 });
    assert.equal(await usedCount(db, organization), 4);
    const opened = await room.datasets.open(organization, 'ours');
    assert.equal(opened?.contentHash, frozen.content_hash);
    assert.deepEqual(
      opened?.ratings.map((row) => [row.query, row.rating, row.comment, row.rating_dimensions]).sort(),
      given.map((row) => [row.query, row.rating, row.comment, row.dimensions]).sort(),
    );

    for (const body of [{ name: 'x' }, { feedback_ids: [] }, { status: 'ready' as const }]) {
      await assert.rejects(call('updateDataset', { params, body }), { code: 'dataset_frozen' });
    }
    await assert.rejects(call('updateDataset', { params, body: { name: 'x' } }, other), {
      code: 'dataset_not_found',
    });
    const archived = await call('archiveDataset', { params });
    assert.equal(archived.status, 'archived');
    assert.equal((await call('archiveDataset', { params })).status, 'archived');
    assert.equal((await room.datasets.open(organization, draft.id))?.contentHash, frozen.content_hash);
    await assert.rejects(call('getDataset', { params: { id: 'ours' } }), { code: 'dataset_not_found' });
  },
);

test('a name means its newest data set', async () => {
  const { call } = await openTestRoom('pglite');
  await call('createDataset', { body: { name: 'same' } });
  const second = await call('createDataset', { body: { name: 'same', description: 'newer' } });
  assert.deepEqual(await call('getDataset', { params: { id: 'same' } }), second);
  assert.deepEqual(await call('getDataset', { params: { id: second.id } }), second);
  for (const id of ['no-such', '\0', '01940000-0000-7000-8000-000000000000']) {
    await assert.rejects(call('getDataset', { params: { id } }), { code: 'dataset_not_found' });
  }
});

test('data sets are listed newest first, by status and type, in pages', async () => {
  const { call, other } = await openTestRoom('pglite');
  const made = [];
  for (const type of ['reward', 'dpo', 'reward'] as const) {
    made.unshift(await call('createDataset', { body: { name: type, dataset_type: type } }));
  }
  const first = await call('listDatasets', { query: { limit: 2 } });
  const second = await call('listDatasets', { query: { limit: 2, cursor: first.next_cursor ?? '' } });
  assert.deepEqual([...first.items, ...second.items], made);
  assert.deepEqual((await call('listDatasets', { query: { dataset_type: 'dpo' } })).items, [made[1]]);
  assert.deepEqual((await call('listDatasets', { query: { status: 'ready' } })).items, []);
  assert.deepEqual((await call('listDatasets', { query: {} }, other)).items, []);
});

test('what cannot become a data set is refused and stays a draft', async () => {
  const { db, call, organization, other } = await openTestRoom('pglite');
  const ids = await storeFeedback(db, organization, [{ query: 'q', response: 'a', comment: 'nice' }]);
  const draft = await call('createDataset', { body: { name: 'empty', feedback_ids: ids } });
  await assert.rejects(call('updateDataset', { params: { id: draft.id }, body: { status: 'ready' } }), {
    code: 'not_enough_data',
  });
  assert.equal((await call('getDataset', { params: { id: draft.id } })).status, 'draft');
  const unknown = { name: 'x', feedback_ids: ['01940000-0000-7000-8000-000000000000'] };
  await assert.rejects(call('createDataset', { body: unknown }), { code: 'feedback_not_found' });
  await assert.rejects(call('createDataset', { body: { name: 'x', feedback_ids: ids } }, other), {
    code: 'feedback_not_found',
  });
});

await testOnEachDatabase(
  'freezing the same draft twice at once freezes it once',
  async ({ db, call, organization }) => {
    const ids = await storeFeedback(db, organization, given);
    const { id } = await call('createDataset', { body: { name: 'once', feedback_ids: ids } });
    const freeze = () => call('updateDataset', { params: { id }, body: { status: 'ready' } });
    const runs = await Promise.allSettled([freeze(), freeze()]);
    assert.deepEqual(runs.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
    for (const run of runs) if (run.status === 'rejected') assert.equal(run.reason.code, 'dataset_frozen');
  },
);
