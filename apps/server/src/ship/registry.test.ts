import assert from 'node:assert/strict';
import { newId } from '../platform/ids.ts';
import { testOnEachDatabase } from './testing/each-database.ts';
import { openTestShip } from './testing/open-test-ship.ts';

await testOnEachDatabase('a name begins at 1.0.0 and goes up by minor versions', async (t, kind) => {
  const { register, call } = await openTestShip(t, kind);
  assert.equal(await register('reward'), 'reward@1.0.0');
  assert.equal(await register('reward'), 'reward@1.1.0');
  assert.equal(await register('safety'), 'safety@1.0.0');
  for (let k = 2; k <= 10; k++) await register('reward');
  const newest = await call('getModel', { params: { id: 'reward' } });
  assert.equal(newest.version, '1.10.0');
  assert.equal(newest.status, 'testing');
});

await testOnEachDatabase('trainings that end together get versions of their own', async (t, kind) => {
  const { register } = await openTestShip(t, kind);
  const ids = await Promise.all(Array.from({ length: 5 }, () => register('reward')));
  assert.deepEqual(
    ids.toSorted(),
    [0, 1, 2, 3, 4].map((minor) => `reward@1.${minor}.0`),
  );
});

await testOnEachDatabase('a job registers once', async (t, kind) => {
  const { ship, call, register, organization } = await openTestShip(t, kind);
  await register('reward');
  const model = await call('getModel', { params: { id: 'reward' } });
  assert.ok(model.fine_tuning_job_id !== null && model.dataset_id !== null);
  const again = await ship.registry.register({
    organization,
    name: 'reward',
    jobId: model.fine_tuning_job_id,
    datasetId: model.dataset_id,
    baseModel: 'static',
    card: {},
    metrics: {},
    kind: 'reward',
    artifact: null,
  });
  assert.deepEqual(again, { modelId: 'reward@1.0.0' });
});

await testOnEachDatabase(
  'a model is found by id, version and name, in its own organisation',
  async (t, kind) => {
    const { ship, call, register, organization, other } = await openTestShip(t, kind);
    await register('reward');
    await register('reward');
    const { id, model_id } = await call('getModel', { params: { id: 'reward@1.0.0' } });
    assert.equal(model_id, 'reward@1.0.0');
    assert.equal((await call('getModel', { params: { id } })).model_id, 'reward@1.0.0');
    assert.equal((await ship.registry.find(organization, 'reward'))?.modelId, 'reward@1.1.0');
    assert.equal(await ship.registry.find(other, 'reward'), null);
    for (const unknown of ['reward@9.9.9', 'nothing', newId()]) {
      await assert.rejects(call('getModel', { params: { id: unknown } }), { code: 'model_not_found' });
    }
    await assert.rejects(call('getModel', { params: { id } }, other), { code: 'model_not_found' });
  },
);

await testOnEachDatabase('what no job made registers as often as it is made', async (t, kind) => {
  const { ship, call, register, organization } = await openTestShip(t, kind);
  await register('reward');
  const { dataset_id } = await call('getModel', { params: { id: 'reward' } });
  assert.ok(dataset_id !== null);
  const blend = { organization, name: 'blend', jobId: null, datasetId: dataset_id, baseModel: 'two' };
  const made = { ...blend, card: {}, metrics: {}, kind: 'reward' as const, artifact: null };
  assert.deepEqual(await ship.registry.register(made), { modelId: 'blend@1.0.0' });
  assert.deepEqual(await ship.registry.register(made), { modelId: 'blend@1.1.0' });
  assert.equal((await call('getModel', { params: { id: 'blend' } })).fine_tuning_job_id, null);
});

await testOnEachDatabase('the list turns pages and filters', async (t, kind) => {
  const { call, register, other } = await openTestShip(t, kind);
  for (const name of ['a', 'b', 'a']) await register(name);
  const first = await call('listModels', { query: { limit: 2 } });
  assert.deepEqual(
    first.items.map((model) => model.model_id),
    ['a@1.1.0', 'b@1.0.0'],
  );
  const rest = await call('listModels', { query: { limit: 2, cursor: first.next_cursor ?? '' } });
  assert.deepEqual(
    rest.items.map((model) => model.model_id),
    ['a@1.0.0'],
  );
  assert.equal(rest.next_cursor, null);
  const named = await call('listModels', { query: { name: 'a', status: 'testing', kind: 'reward' } });
  assert.equal(named.items.length, 2);
  assert.deepEqual((await call('listModels', {}, other)).items, []);
  await assert.rejects(call('listModels', { query: { cursor: 'xyz' } }), { code: 'invalid_cursor' });
});
