import assert from 'node:assert/strict';
import { RampClock } from './ramp-clock.ts';
import { testOnEachDatabase } from './testing/each-database.ts';
import { eventually } from './testing/eventually.ts';
import { openTestShip, type TestShip } from './testing/open-test-ship.ts';

const steps = [
  { share: 0.1, hold_seconds: 60, minimum_samples: 100 },
  { share: 0.5, hold_seconds: 60, minimum_samples: 100 },
  { share: 1, hold_seconds: 0, minimum_samples: 0 },
];

/** A model on its first step beside an incumbent, and the clock that moves it, ticking by hand. */
async function ramping(test: TestShip) {
  await test.ship.stop();
  const [old, young] = [await test.register(), await test.register()];
  await test.call('deployModel', { params: { id: old }, body: { full: true } });
  await test.call('deployModel', { params: { id: young }, body: { steps } });
  const needs = {
    observations: test.seen,
    onRollback: (ramp: (typeof test.rolledBack)[0]) => void test.rolledBack.push(ramp),
  };
  const announce = () => test.ship.liveModels.refresh();
  const clock = new RampClock(test.platform, announce, needs);
  const look = async (seconds: number) => {
    test.clock.pass(seconds);
    await clock.tick();
    const { items } = await test.call('listRamps');
    return { state: items[0]?.state, share: items[0]?.share, reason: items[0]?.reason };
  };
  return { old, young, look, clock };
}

const answers =
  (count: number, failed = 0) =>
  async () => ({ answers: count, failed, p95LatencyMs: 100 });

await testOnEachDatabase(
  'a step is held for its time and its answers, then the next begins',
  async (t, kind) => {
    const test = await openTestShip(t, kind);
    const { look } = await ramping(test);
    assert.equal((await look(30)).share, 0.1, 'too early, too few');
    assert.equal((await look(60)).share, 0.1, 'time is over, answers are missing');
    test.seen.answers = answers(100);
    assert.equal((await look(10)).share, 0.5);
    assert.equal((await look(10)).share, 0.5, 'the second step has its own holding time');
    assert.deepEqual(await look(60), { state: 'complete', share: 1, reason: null });
  },
);

await testOnEachDatabase('a guard that trips sends everything back and says why', async (t, kind) => {
  const test = await openTestShip(t, kind);
  const { old, young, look } = await ramping(test);
  test.seen.answers = async (_, model) => ({
    answers: 1000,
    failed: model === young ? 200 : 0,
    p95LatencyMs: 100,
  });
  const { state, share, reason } = await look(5);
  assert.deepEqual([state, share], ['rolled_back', 0]);
  assert.match(reason ?? '', /200 errors in 1[02]00 requests/);
  assert.equal(test.ship.liveModels.choose(test.organization, 'someone')?.modelId, old);
  assert.equal(test.rolledBack.length, 1);
  assert.equal((await look(1000)).state, 'rolled_back', 'nothing moves it any more');
});

await testOnEachDatabase('ratings that fall trip it too, a few bad ones do not', async (t, kind) => {
  const test = await openTestShip(t, kind);
  const { young, look } = await ramping(test);
  const rated = (n: number) => async (_: string, model: string) => ({
    n,
    mean: model === young ? 2 : 4,
    variance: 1,
  });
  test.seen.ratings = rated(20);
  assert.equal((await look(5)).state, 'ramping');
  test.seen.ratings = rated(400);
  const { state, reason } = await look(5);
  assert.equal(state, 'rolled_back');
  assert.match(reason ?? '', /rating 2\.00 against 4\.00/);
});

await testOnEachDatabase('one replica looks at a ramp at a time', async (t, kind) => {
  const test = await openTestShip(t, kind);
  const { clock } = await ramping(test);
  let looks = 0;
  test.seen.ratings = async () => {
    looks++;
    return { n: 0, mean: null, variance: null };
  };
  const two = await test.another();
  await two.ship.stop();
  const other = new RampClock(two.platform, async () => undefined, {
    observations: test.seen,
    onRollback: () => undefined,
  });
  test.clock.pass(60);
  await Promise.all([clock.tick(), other.tick()]);
  assert.equal(looks, 2, 'one look at each of the two models');
});

await testOnEachDatabase('a running room moves ramps by itself', async (t, kind) => {
  const test = await openTestShip(t, kind);
  const model = await test.register();
  test.seen.answers = answers(100);
  await test.call('deployModel', { params: { id: model }, body: { steps } });
  test.clock.pass(3600);
  await eventually(async () => (await test.call('listRamps')).items[0]?.share, 0.5);
});
