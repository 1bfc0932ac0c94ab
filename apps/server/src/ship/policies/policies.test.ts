import assert from 'node:assert/strict';
import { AttuneError } from '@attune/contracts';
import { RampClock } from '../ramp-clock.ts';
import { testOnEachDatabase } from '../testing/each-database.ts';
import { eventually } from '../testing/eventually.ts';
import { openTestShip, type TestShip } from '../testing/open-test-ship.ts';
import { answersSeen } from '../testing/seen-answers.ts';

const endpoint = { url: 'http://127.0.0.1:9/v1', model: 'chat', api_key: 'sk-secret' };
const half = {
  steps: [
    { share: 0.5, hold_seconds: 3600, minimum_samples: 100 },
    { share: 1, hold_seconds: 0, minimum_samples: 0 },
  ],
};
const register = async ({ call }: TestShip, name = 'chat') =>
  (await call('registerPolicy', { body: { name, base_model: 'tiny', endpoint } })).model_id;
const deploy = (test: TestShip, id: string, body: object) =>
  test.call('deployModel', { params: { id }, body });
const visitor = (k: number) => ({ userId: `user ${k}`, sessionId: null, responseId: `${k}` });

await testOnEachDatabase(
  'a policy is registered with its endpoint; its key is never shown',
  async (t, kind) => {
    const test = await openTestShip(t, kind);
    assert.deepEqual([await register(test), await register(test)], ['chat@1.0.0', 'chat@1.1.0']);
    const model = await test.call('getModel', { params: { id: 'chat@1.0.0' } });
    const { url, model: name } = endpoint;
    assert.deepEqual(
      [model.kind, model.status, model.endpoint],
      ['policy', 'testing', { url, model: name, has_key: true }],
    );
    const changed = await test.call('setPolicyEndpoint', {
      params: { id: 'chat@1.0.0' },
      body: { url: 'https://example.com/v1', model: 'other' },
    });
    assert.deepEqual(changed.endpoint, { url: 'https://example.com/v1', model: 'other', has_key: false });
    const reward = await test.register();
    await assert.rejects(test.call('setPolicyEndpoint', { params: { id: reward }, body: endpoint }), {
      code: 'model_not_deployable',
    });
    const { sql } = test.platform.database;
    const kept = await sql
      .selectFrom('model_registry')
      .select('deployment_config')
      .where('organization', '=', test.organization)
      .execute();
    const audited = await sql
      .selectFrom('audit_log')
      .select(['action', 'details'])
      .where('organization', '=', test.organization)
      .orderBy('position')
      .execute();
    assert.deepEqual(
      audited.map(({ action }) => action),
      ['model.registered', 'model.registered', 'model.endpoint_set'],
    );
    assert.ok(!JSON.stringify([kept, audited]).includes('sk-secret'));
  },
);

await testOnEachDatabase('a policy that does not answer gets no traffic', async (t, kind) => {
  const test = await openTestShip(t, kind);
  const id = await register(test);
  test.loading.tryPolicy = async () => {
    throw new AttuneError('upstream_unavailable', { message: 'Nobody is there.' });
  };
  await assert.rejects(deploy(test, id, { full: true }), {
    code: 'model_not_deployable',
    message: /does not answer: Nobody is there/,
  });
  await test.platform.database.sql
    .updateTable('model_registry')
    .set({ deployment_config: '{}' })
    .where('organization', '=', test.organization)
    .execute();
  await assert.rejects(deploy(test, id, { full: true }), { message: /has no endpoint/ });
  assert.equal(test.ship.liveModels.choosePolicy(test.organization, visitor(1)), null);
});

await testOnEachDatabase(
  'ramps of both kinds are in force together, each with its own visitors',
  async (t, kind) => {
    const test = await openTestShip(t, kind);
    const { liveModels } = test.ship;
    const [oldReward, newReward] = [await test.register(), await test.register()];
    await deploy(test, oldReward, { full: true });
    const [oldPolicy, newPolicy] = [await register(test), await register(test)];
    await deploy(test, oldPolicy, { full: true });
    await deploy(test, newReward, half);
    await deploy(test, newPolicy, half);

    const seen = Array.from({ length: 400 }, (_, k) => {
      const reward = liveModels.chooseFor(test.organization, visitor(k)).model?.modelId;
      const choice = liveModels.choosePolicy(test.organization, visitor(k));
      assert.equal(choice?.incumbent?.modelId, oldPolicy);
      return `${reward === newReward ? 'new' : 'old'} ${choice?.policy?.modelId === newPolicy ? 'new' : 'old'}`;
    });
    for (const [, { length }] of Map.groupBy(seen, (both) => both)) {
      // Within five standard deviations of a quarter of 400: who gets the one tells nothing of the other.
      assert.ok(Math.abs(length - 100) < 5 * Math.sqrt(400 * 0.25 * 0.75), `${length}`);
    }
    const again = liveModels.choosePolicy(test.organization, visitor(7))?.policy?.modelId;
    assert.equal(again === newPolicy ? 'new' : 'old', seen[7]?.split(' ')[1], 'the same each time');
    assert.equal(liveModels.choosePolicy(test.organization, visitor(1))?.policy?.apiKey, 'sk-secret');

    const second = await test.another();
    const policies = await test.call('listRamps', { query: { kind: 'policy' } });
    assert.deepEqual(
      policies.items.map(({ model_id, kind: of }) => [model_id, of]),
      [
        [newPolicy, 'policy'],
        [oldPolicy, 'policy'],
      ],
    );
    const back = await test.call('rollbackModel', { params: { id: newPolicy }, body: {} });
    assert.deepEqual([back.kind, back.state, back.previous_model_id], ['policy', 'rolled_back', oldPolicy]);
    const everybody = ({ ship }: TestShip) => [
      ...new Set(
        Array.from({ length: 50 }, (_, k) => {
          return ship.liveModels.choosePolicy(test.organization, visitor(k))?.policy?.modelId;
        }),
      ),
    ];
    assert.deepEqual(everybody(test), [oldPolicy], 'here at once');
    await eventually(() => everybody(second), [oldPolicy]);
    const [reward] = (await test.call('listRamps', { query: { kind: 'reward' } })).items;
    assert.deepEqual([reward?.model_id, reward?.state], [newReward, 'ramping'], 'the other ramp goes on');
    const statuses = await Promise.all(
      [oldReward, newReward, oldPolicy, newPolicy].map(
        async (id) => (await test.call('getModel', { params: { id } })).status,
      ),
    );
    assert.deepEqual(statuses, ['deployed', 'deployed', 'deployed', 'deprecated']);
  },
);

await testOnEachDatabase('guards watch the arms of a policy’s ramp and send it back', async (t, kind) => {
  const test = await openTestShip(t, kind);
  await test.ship.stop();
  const [old, young] = [await register(test), await register(test)];
  await deploy(test, old, { full: true });
  await deploy(test, young, half);
  const kinds = new Set<string>();
  test.seen.answers = async (window) => {
    kinds.add(window.kind);
    return [answersSeen('treatment', 400, 200, 0), answersSeen('control', 400, 0, 0)];
  };
  const clock = new RampClock(test.platform, () => test.ship.liveModels.refresh(), {
    observations: test.seen,
    onRollback: async (ramp) => void test.rolledBack.push(ramp),
    onHold: async () => undefined,
  });
  test.clock.pass(60);
  await clock.tick();
  assert.deepEqual([...kinds], ['policy']);
  assert.deepEqual(
    test.rolledBack.map(({ model_id, kind: of }) => [model_id, of]),
    [[young, 'policy']],
  );
  assert.equal(
    test.ship.liveModels.choosePolicy(test.organization, visitor(1))?.policy?.modelId,
    old,
    'everybody is back',
  );
});
