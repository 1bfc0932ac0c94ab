import assert from 'node:assert/strict';
import { RampClock } from './ramp-clock.ts';
import { testOnEachDatabase } from './testing/each-database.ts';
import { eventually } from './testing/eventually.ts';
import { openTestShip, type TestShip } from './testing/open-test-ship.ts';
import { answersSeen, ratingsSeen } from './testing/seen-answers.ts';

const steps = [
  { share: 0.1, hold_seconds: 60, minimum_samples: 100 },
  { share: 0.5, hold_seconds: 60, minimum_samples: 100 },
  { share: 1, hold_seconds: 0, minimum_samples: 0 },
];

/** A model on its first step beside an incumbent, and the clock that moves it, ticking by hand. */
async function ramping(test: TestShip, more: object = {}) {
  await test.ship.stop();
  const [old, young] = [await test.register(), await test.register()];
  await test.call('deployModel', { params: { id: old }, body: { full: true } });
  await test.call('deployModel', { params: { id: young }, body: { steps, ...more } });
  const needs = {
    observations: test.seen,
    onRollback: async (ramp: (typeof test.rolledBack)[0]) => void test.rolledBack.push(ramp),
    onHold: async (ramp: (typeof test.held)[0]) => void test.held.push(ramp),
  };
  const announce = () => test.ship.liveModels.refresh();
  const clock = new RampClock(test.platform, announce, needs);
  const now = async () => {
    const [ramp] = (await test.call('listRamps')).items;
    return ramp ?? assert.fail('no ramp');
  };
  const look = async (seconds: number) => {
    test.clock.pass(seconds);
    await clock.tick();
    return await now();
  };
  return { old, young, look, clock, now, id: { params: { id: young } } };
}

/** Both models were asked by so many people in proportion to the present step, of whom some of the new one's failed. */
function asked(test: TestShip, people: number, failed = 0): void {
  test.seen.answers = async ({ starts }) => {
    const share = starts.length === 1 ? 0.1 : 0.5;
    const rest = Math.round((people * (1 - share)) / share);
    const step = starts.length - 1;
    return [answersSeen('treatment', people, failed, step), answersSeen('control', rest, 0, step)];
  };
}

const actions = (ramp: { history: readonly { action: string }[] }) =>
  ramp.history.map(({ action }) => action);

async function lastAudited({ platform, organization }: TestShip) {
  return await platform.database.sql
    .selectFrom('audit_log')
    .select(['action', 'actor', 'details'])
    .where('organization', '=', organization)
    .orderBy('position', 'desc')
    .executeTakeFirstOrThrow();
}

await testOnEachDatabase(
  'a step is held for its time and its answers, then the next begins',
  async (t, kind) => {
    const test = await openTestShip(t, kind);
    const { look } = await ramping(test);
    assert.equal((await look(30)).share, 0.1, 'too early, too few');
    assert.equal((await look(60)).share, 0.1, 'time is over, answers are missing');
    asked(test, 100);
    assert.equal((await look(10)).share, 0.5);
    assert.equal((await look(10)).share, 0.5, 'the second step has its own holding time');
    const done = await look(60);
    assert.deepEqual([done.state, done.share, done.reason], ['complete', 1, null]);
    assert.deepEqual(actions(done), ['started', 'advanced', 'completed']);
    const [, advanced] = done.history;
    assert.deepEqual(
      [advanced?.by, advanced?.reason, advanced?.step],
      ['system', 'held 100 s on 100 answers', 1],
    );
    assert.equal(advanced?.evidence?.samples_in_step, 100);
    assert.deepEqual(
      advanced?.evidence?.guards.map(({ metric, state }) => [metric, state]),
      [
        ['rating', 'not_enough_data'],
        ['safety', 'not_enough_data'],
        ['error_rate', 'open'],
        ['latency', 'fine'],
      ],
    );
  },
);

await testOnEachDatabase('a guard that trips sends everything back and says on what', async (t, kind) => {
  const test = await openTestShip(t, kind);
  const { old, look } = await ramping(test);
  asked(test, 500, 100);
  const ramp = await look(5);
  assert.deepEqual([ramp.state, ramp.share], ['rolled_back', 0]);
  assert.match(ramp.reason ?? '', /^error_rate 20\.0 % against 0\.0 %: \+20\.0 points/);
  assert.equal(test.ship.liveModels.choose(test.organization, 'someone')?.modelId, old);
  const guard = ramp.history.at(-1)?.evidence?.guards.find(({ state }) => state === 'tripped');
  assert.deepEqual([guard?.metric, guard?.margin, guard?.difference.n], ['error_rate', 0.01, 5000]);
  assert.ok((guard?.difference.ci[0] ?? 0) > 0.05);
  assert.deepEqual(
    test.rolledBack.map(({ id, evidence }) => [id, evidence]),
    [[ramp.id, ramp.evidence]],
  );
  const { action, actor, details } = await lastAudited(test);
  assert.deepEqual([action, actor], ['model.rolled_back', 'system']);
  assert.deepEqual([details.reason, details.evidence], [ramp.reason, ramp.evidence]);
  assert.equal((await look(1000)).state, 'rolled_back', 'nothing moves it any more');
});

await testOnEachDatabase('ratings that fall trip it too, a few bad ones do not', async (t, kind) => {
  const test = await openTestShip(t, kind);
  const { look } = await ramping(test);
  asked(test, 500);
  const rated = (people: number) => async () => [
    ratingsSeen('treatment', people, [1, 2, 3]),
    ratingsSeen('control', 9 * people, [3, 4, 5]),
  ];
  test.seen.feedback = rated(20);
  assert.equal((await look(5)).state, 'ramping');
  test.seen.feedback = rated(400);
  const { state, reason } = await look(5);
  assert.equal(state, 'rolled_back');
  assert.match(reason ?? '', /rating 2\.00 against 4\.00/);
});

await testOnEachDatabase('guards come from the caller, also for one step', async (t, kind) => {
  const test = await openTestShip(t, kind);
  const strict = [{ metric: 'error_rate' as const, margin: 0, minimum_samples: 50 }];
  const ofSteps = steps.map((step, index) => (index === 1 ? { ...step, guards: strict } : step));
  const lax = [{ metric: 'error_rate' as const, margin: 0.9, minimum_samples: 50 }];
  const { look, now } = await ramping(test, { steps: ofSteps, guards: lax });
  assert.deepEqual((await now()).guards, lax);
  asked(test, 500, 50);
  assert.equal((await look(70)).share, 0.5, 'the first step has a guard that bears it');
  assert.equal((await look(1)).state, 'rolled_back');
});

await testOnEachDatabase(
  'a pause stops the clock and keeps the share, on every replica and over a restart',
  async (t, kind) => {
    const test = await openTestShip(t, kind);
    const { look, id, now } = await ramping(test);
    asked(test, 100);
    await look(30);
    const paused = await test.call('pauseRamp', id);
    assert.ok(paused.paused_at !== null && paused.state === 'ramping' && paused.share === 0.1);
    assert.equal((await test.call('pauseRamp', id)).history.length, paused.history.length, 'paused already');
    assert.equal((await lastAudited(test)).action, 'model.ramp_paused');
    const other = await test.another();
    assert.equal((await other.call('listRamps')).items[0]?.paused_at, paused.paused_at);
    assert.equal((await look(3600)).share, 0.1, 'however long');
    await test.call('resumeRamp', id);
    assert.equal((await look(20)).share, 0.1, 'held 50 s, the pause left out');
    assert.equal((await look(15)).share, 0.5);
    assert.deepEqual(actions(await now()), ['started', 'paused', 'resumed', 'advanced']);
    const [, pause] = (await now()).history;
    assert.deepEqual([pause?.by, pause?.evidence?.samples_in_step], ['member:1', 100]);
  },
);

await testOnEachDatabase(
  'while it is paused guards watch, and everything can be done by hand',
  async (t, kind) => {
    const test = await openTestShip(t, kind);
    const { look, id } = await ramping(test);
    asked(test, 100);
    await test.call('pauseRamp', id);
    const advanced = await test.call('advanceRamp', id);
    assert.deepEqual(
      [advanced.share, advanced.paused_at],
      [0.5, advanced.step_started_at],
      'and stays paused',
    );
    assert.equal((await look(3600)).share, 0.5);
    asked(test, 1000, 200);
    const back = await look(1);
    assert.deepEqual([back.state, back.paused_at], ['rolled_back', null]);
    await assert.rejects(test.call('pauseRamp', id), { code: 'nothing_to_roll_back' });
    await assert.rejects(test.call('resumeRamp', id), { code: 'nothing_to_roll_back' });

    await test.call('deployModel', { ...id, body: { steps } });
    await test.call('pauseRamp', id);
    const again = await test.call('deployModel', { ...id, body: { steps } });
    assert.equal(again.paused_at, null, 'a new deployment does not inherit the pause');
    await test.call('pauseRamp', id);
    assert.equal((await test.call('rollbackModel', { ...id, body: {} })).state, 'rolled_back');
  },
);

await testOnEachDatabase(
  'while people do not come as planned nothing is decided by itself, and that is said once',
  async (t, kind) => {
    const test = await openTestShip(t, kind);
    const { look, id } = await ramping(test);
    const uneven = (failed: number) => async () => [
      answersSeen('treatment', 900, failed),
      answersSeen('control', 3000),
    ];
    test.seen.answers = uneven(0);
    const held = await look(100);
    assert.deepEqual([held.held, held.share], [true, 0.1]);
    test.seen.answers = uneven(300);
    assert.equal((await look(10)).state, 'ramping', 'whoever is missing may be why it looks bad');
    assert.deepEqual(actions(await look(10)), ['started', 'held']);
    assert.deepEqual(
      test.held.map(({ evidence }) => (evidence?.sample_ratio_p_value ?? 1) < 0.001),
      [true],
    );
    asked(test, 2000);
    assert.equal((await look(10)).held, true, 'what was once seen stays seen');
    assert.equal((await test.call('advanceRamp', id)).share, 0.5, 'people decide');
  },
);

await testOnEachDatabase('a ramp and an experiment do not run beside each other', async (t, kind) => {
  const test = await openTestShip(t, kind);
  const { old, young, id } = await ramping(test);
  const body = { name: 'Beside', control_model_id: old, treatment_model_id: young };
  const start = () => test.call('startExperiment', { body });
  await assert.rejects(start(), { code: 'ramp_under_way' });
  assert.deepEqual((await test.call('listExperiments', {})).items, []);
  await test.call('rollbackModel', { ...id, body: {} });
  const experiment = await start();
  const deploy = (more: object) => test.call('deployModel', { ...id, body: more });
  await assert.rejects(deploy({ steps }), { code: 'experiment_under_way' });
  assert.equal(
    (await test.call('listRamps')).items[0]?.state,
    'rolled_back',
    'refused means nothing changed',
  );
  await test.call('pauseExperiment', { params: { id: experiment.id } });
  assert.equal((await deploy({ steps })).state, 'ramping');
  await assert.rejects(test.call('resumeExperiment', { params: { id: experiment.id } }), {
    code: 'ramp_under_way',
  });
});

await testOnEachDatabase('one replica looks at a ramp at a time', async (t, kind) => {
  const test = await openTestShip(t, kind);
  const { clock } = await ramping(test);
  let looks = 0;
  test.seen.feedback = async () => {
    looks++;
    return [];
  };
  const two = await test.another();
  await two.ship.stop();
  const other = new RampClock(two.platform, async () => undefined, {
    observations: test.seen,
    onRollback: async () => undefined,
    onHold: async () => undefined,
  });
  test.clock.pass(60);
  await Promise.all([clock.tick(), other.tick()]);
  assert.equal(looks, 1);
});

await testOnEachDatabase('a running room moves ramps by itself', async (t, kind) => {
  const test = await openTestShip(t, kind);
  const model = await test.register();
  asked(test, 100);
  await test.call('deployModel', { params: { id: model }, body: { steps } });
  test.clock.pass(3600);
  await eventually(async () => (await test.call('listRamps')).items[0]?.share, 0.5);
});
