import assert from 'node:assert/strict';
import type { GateFindings, ModelGates } from '@attune/contracts';
import { testOnEachDatabase } from '../testing/each-database.ts';
import { eventually } from '../testing/eventually.ts';
import { openTestShip, type TestShip } from '../testing/open-test-ship.ts';

type Found = Awaited<ReturnType<TestShip['gates']['measure']>>;

const estimate = (low: number, value: number, high: number, n = 100) => ({
  value,
  ci: [low, high] as [number, number],
  n,
});

/** A model of which everything was measured to be good. */
const good: Found = {
  data_hash: 'a'.repeat(64),
  excluded: 3,
  reason: null,
  metrics: null,
  ordering: estimate(0.7, 0.75, 0.8),
  calibration: estimate(0.01, 0.03, 0.06),
  length: estimate(0.1, 0.2, 0.3),
  safety: estimate(0.7, 0.8, 0.9, 60),
  incumbent: null,
  alarms: null,
  examples: { highest: [], lowest: [], disagreements: [], between: [] },
};

const against = (model_id: string, difference: NonNullable<GateFindings['incumbent']>['difference']) => ({
  model_id,
  metrics: null,
  difference,
  reason: null,
});

const params = (id: string) => ({ params: { id } });

function said({ gates }: ModelGates): Record<string, string> {
  return Object.fromEntries(gates.map(({ gate, verdict, reason }) => [gate, reason ?? verdict]));
}

/** Has a model measured and waits for it. */
async function measured({ call }: TestShip, id: string): Promise<ModelGates> {
  const { status } = await call('evaluateGates', params(id));
  assert.ok(status === 'waiting' || status === 'measuring');
  const standing = async () => (await call('getModelGates', params(id))).measurement?.status;
  await eventually(async () => ['completed', 'failed'].includes((await standing()) ?? ''), true);
  return await call('getModelGates', params(id));
}

async function openMeasuring(...[t, kind]: Parameters<typeof openTestShip>) {
  const test = await openTestShip(t, kind, { working: true });
  test.gates.score = async (_, __, responses) => responses.map(() => ({ reward: 0.5 }));
  test.gates.measure = async () => good;
  return test;
}

await testOnEachDatabase('gates that nobody measured say so, and let a model pass', async (t, kind) => {
  const test = await openTestShip(t, kind);
  const model = await test.register();
  const gates = await test.call('getModelGates', params(model));
  assert.deepEqual([gates.refusing, gates.measurement, gates.incumbent_model_id], [[], null, null]);
  assert.ok(gates.gates.every(({ verdict }) => verdict === 'not_measured'));
  assert.deepEqual(said(gates).leak, 'comes_later');
  assert.equal((await test.call('deployModel', { params: { id: model }, body: { full: true } })).share, 1);
});

await testOnEachDatabase(
  'a measurement in the queue makes gates green, each with its evidence',
  async (t, kind) => {
    const test = await openMeasuring(t, kind);
    const model = await test.register();
    const gates = await measured(test, model);
    assert.deepEqual(said(gates), {
      ordering: 'passed',
      incumbent: 'no_incumbent',
      people: 'nobody_asked',
      calibration: 'passed',
      length: 'passed',
      latency: 'passed',
      safety: 'passed',
      over_optimisation: 'no_policy',
      leak: 'comes_later',
    });
    const latency = gates.gates.find(({ gate }) => gate === 'latency');
    assert.deepEqual([latency?.evidence?.estimate.n, latency?.evidence?.limit], [200, 100]);
    assert.match(latency?.sentence ?? '', /fast enough: passed; 95th percentile in ms \d+ \(95 % interval/);
    assert.deepEqual([gates.excluded, gates.measurement?.progress], [3, 1]);
    assert.ok((gates.cost?.questions_per_second ?? 0) > 0);
    assert.equal(gates.cost?.dollars_per_thousand, null);
    await test.as('admin').call('updateGateSettings', { body: { load: { hourly_dollars: 3.6 } } });
    const { cost } = await test.call('getModelGates', params(model));
    const dollars = 3.6 / 3.6 / (cost?.questions_per_second ?? 1);
    assert.ok(Math.abs((cost?.dollars_per_thousand ?? 0) - dollars) < 1e-9);
  },
);

await testOnEachDatabase(
  'a model that is worse than the incumbent is refused until the limit allows it',
  async (t, kind) => {
    const test = await openMeasuring(t, kind);
    const [old, young] = [await test.register(), await test.register()];
    await test.call('deployModel', { params: { id: old }, body: { full: true } });
    test.gates.measure = async ({ incumbent }) => {
      assert.equal(incumbent, old);
      return { ...good, incumbent: against(old, estimate(-0.09, -0.06, -0.03)) };
    };
    const gates = await measured(test, young);
    assert.deepEqual([said(gates).incumbent, gates.refusing], ['failed', ['incumbent']]);
    const deploying = () => test.call('deployModel', { params: { id: young }, body: { full: true } });
    await assert.rejects(deploying(), {
      code: 'gates_failed',
      message: /not worse than the model that takes the traffic: failed/,
    });
    const admin = test.as('admin');
    await admin.call('updateGateSettings', { body: { limits: { margin: 0.1 } } });
    assert.equal((await deploying()).model_id, young);
    const settings = await test.call('getGateSettings');
    assert.deepEqual([settings.limits.margin, settings.limits.latency_ms], [0.1, 100]);
  },
);

await testOnEachDatabase(
  'a measurement against another model or on other data counts no more',
  async (t, kind) => {
    const test = await openMeasuring(t, kind);
    const [old, young, other] = [await test.register(), await test.register(), await test.register('other')];
    await test.call('deployModel', { params: { id: old }, body: { full: true } });
    test.gates.measure = async () => ({ ...good, incumbent: against(old, estimate(0, 0.01, 0.02)) });
    assert.equal(said(await measured(test, young)).incumbent, 'passed');
    await test.call('deployModel', { params: { id: other }, body: { full: true } });
    assert.equal(said(await test.call('getModelGates', params(young))).incumbent, 'other_incumbent');
    const dataset = '01940000-0000-7000-8000-000000000009';
    test.gates.datasetId = async () => dataset;
    const { call } = test.as('admin');
    await call('updateGateSettings', { body: { evaluation_dataset: 'frozen' } });
    const later = said(await test.call('getModelGates', params(young)));
    assert.deepEqual(
      [later.calibration, later.ordering, later.safety],
      ['other_data', 'other_data', 'passed'],
    );
    test.gates.measure = async (question) => {
      assert.equal(question.dataset, dataset);
      return good;
    };
    assert.equal(said(await measured(test, young)).calibration, 'passed');
    await call('updateGateSettings', { body: { evaluation_dataset: null } });
    assert.equal((await call('getGateSettings')).evaluation_dataset, null);
  },
);

await testOnEachDatabase('who asks for measurements is refused without them', async (t, kind) => {
  const test = await openTestShip(t, kind);
  const model = await test.register();
  await test.as('admin').call('updateGateSettings', { body: { require_measured: true } });
  const gates = await test.call('getModelGates', params(model));
  assert.deepEqual(gates.refusing, ['ordering', 'calibration', 'length', 'latency', 'safety']);
  const deploying = test.call('deployModel', { params: { id: model }, body: { full: true } });
  await assert.rejects(deploying, { code: 'gates_failed' });
  assert.deepEqual((await test.as('admin').call('getGateSettings')).require_measured, true);
  const [elsewhere] = [await test.call('getGateSettings', {}, test.other)];
  assert.equal(elsewhere.require_measured, false);
});

await testOnEachDatabase(
  'a measurement that fails says why, and one is under way at a time',
  async (t, kind) => {
    const test = await openMeasuring(t, kind);
    const model = await test.register();
    const begun = Promise.withResolvers<Found>();
    test.gates.measure = () => begun.promise;
    const first = await test.call('evaluateGates', params(model));
    const again = await test.call('evaluateGates', params(model));
    assert.equal(again.id, first.id);
    const standing = async () => (await test.call('getModelGates', params(model))).measurement;
    await eventually(async () => (await standing())?.status, 'measuring');
    begun.reject(new Error('no room on the disk'));
    await eventually(async () => (await standing())?.status, 'failed');
    assert.equal((await standing())?.error, 'no room on the disk');
    assert.equal(said(await test.call('getModelGates', params(model))).safety, 'failed_to_measure');
    await assert.rejects(test.call('getModelGates', params(model), test.other), { code: 'model_not_found' });
  },
);

await testOnEachDatabase('a measurement that a server left is taken up by the next', async (t, kind) => {
  const idle = await openTestShip(t, kind);
  const model = await idle.register();
  const { id } = await idle.call('evaluateGates', params(model));
  idle.gates.score = async (_, __, responses) => responses.map(() => ({ reward: 0.5 }));
  idle.gates.measure = async () => good;
  await idle.another(true);
  const standing = async () => (await idle.call('getModelGates', params(model))).measurement;
  await eventually(async () => (await standing())?.status, 'completed');
  assert.equal((await standing())?.id, id);
});

await testOnEachDatabase('promoting an experiment passes the gates too', async (t, kind) => {
  const test = await openTestShip(t, kind);
  const [old, young] = [await test.register(), await test.register()];
  await test.call('deployModel', { params: { id: old }, body: { full: true } });
  const body = { name: 'New or old', control_model_id: old, treatment_model_id: young };
  const { id } = await test.call('startExperiment', { body });
  await test.as('admin').call('updateGateSettings', { body: { require_measured: true } });
  const promote = (force: { force: boolean; reason?: string }) => ({ params: { id }, body: force });
  await assert.rejects(test.call('promoteExperiment', promote({ force: true })), { code: 'forbidden' });
  assert.equal((await test.call('getExperiment', params(id))).status, 'running');
  const forced = promote({ force: true, reason: 'people like it' });
  assert.equal((await test.as('admin').call('promoteExperiment', forced)).winner, 'treatment');
});
