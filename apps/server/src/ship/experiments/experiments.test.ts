import assert from 'node:assert/strict';
import type { Experiment } from '@attune/contracts';
import { sumUnits } from '@attune/core';
import { sql as raw } from 'kysely';
import { testOnEachDatabase } from '../testing/each-database.ts';
import { eventually } from '../testing/eventually.ts';
import { openTestShip, type TestShip } from '../testing/open-test-ship.ts';
import { ExperimentClock } from './experiment-clock.ts';
import type { FeedbackEvidence } from './experiment-evidence.ts';

const people = Array.from({ length: 1000 }, (_, k) => `person ${k}`);

/** Which arm and model a user meets. */
function meets({ ship, organization: own }: TestShip, userId: string | null, organization = own) {
  const { model, trial } = ship.liveModels.chooseFor(organization, {
    userId,
    sessionId: null,
    responseId: 'r',
  });
  return { model: model?.modelId ?? null, arm: trial?.arm ?? null, counted: trial?.counted ?? null };
}

const armsOf = (test: TestShip) => people.map((person) => meets(test, person).arm);

/** A room in which one of two models has all traffic. */
async function withTwoModels(test: TestShip): Promise<{ control: string; treatment: string }> {
  const [control, treatment] = [await test.register(), await test.register()];
  await test.call('deployModel', { params: { id: control }, body: { full: true } });
  return { control, treatment };
}

function begin(test: TestShip, models: { control: string; treatment: string }, more: object = {}) {
  const body = {
    name: 'New or old',
    control_model_id: models.control,
    treatment_model_id: models.treatment,
    ...more,
  };
  return test.call('startExperiment', { body });
}

/** Everybody of an arm reacted once; so many liked it. */
function liked(arm: 'control' | 'treatment', users: number, positive: number): FeedbackEvidence {
  const people = Array.from({ length: users }, (_, index) => ({ count: 1, total: Number(index < positive) }));
  return { arm, satisfaction: sumUnits(people), rating: sumUnits([]), safety_reports: 0, reporters: 0 };
}

function prove(test: TestShip, feedback: FeedbackEvidence[]): void {
  test.evidence.feedback = async () => feedback;
  test.evidence.answers = async () =>
    feedback.map(({ arm, satisfaction }) => ({
      arm,
      users: satisfaction.units,
      latency: sumUnits(
        Array.from({ length: satisfaction.units }, (_, k) => ({ count: 1, total: 300 + (k % 7) })),
      ),
      error_rate: sumUnits([]),
    }));
}

/** Looks once, and waits for the results; the room's own clock may have been faster. */
async function look(test: TestShip, id: string): Promise<Experiment> {
  test.clock.pass(120);
  const clock = new ExperimentClock(test.platform, async () => undefined, {
    evidence: test.evidence,
    onEnd: async ({ organization, name }) =>
      void test.ended.push({ organization, id, name, treatment: '', winner: '', reason: '' }),
  });
  await clock.tick();
  const read = () => test.call('getExperiment', { params: { id } });
  const at = test.clock.now().toISOString();
  await eventually(async () => (await read()).results?.at, at);
  return await read();
}

await testOnEachDatabase(
  'each user meets one arm, the same on every replica and after a pause',
  async (t, kind) => {
    const one = await openTestShip(t, kind);
    const two = await one.another();
    const models = await withTwoModels(one);
    const { id, status, start_date, end_date } = await begin(one, models);
    assert.equal(status, 'running');
    assert.equal(Date.parse(end_date ?? '') - Date.parse(start_date ?? ''), 28 * 86_400_000);

    const arms = armsOf(one);
    const treated = arms.filter((arm) => arm === 'treatment').length;
    assert.ok(treated > 430 && treated < 570, `${treated} of 1,000`);
    const [treatedPerson] = people.filter((_, index) => arms[index] === 'treatment');
    assert.equal(meets(one, treatedPerson ?? '').model, models.treatment);
    await eventually(() => armsOf(two), arms);
    assert.equal(meets(one, null).arm, null, 'who has no name takes part in nothing');
    assert.equal(meets(one, 'person 1', one.other).arm, null);

    await one.call('pauseExperiment', { params: { id } });
    assert.deepEqual(meets(one, treatedPerson ?? ''), { model: models.control, arm: null, counted: null });
    await one.call('resumeExperiment', { params: { id } });
    assert.deepEqual(armsOf(one), arms);
  },
);

await testOnEachDatabase(
  'two experiments share nobody; what does not fit is refused and not kept',
  async (t, kind) => {
    const test = await openTestShip(t, kind);
    const models = await withTwoModels(test);
    const first = await begin(test, models, { traffic: 0.4 });
    const before = people.filter((person) => meets(test, person).arm !== null);
    await begin(test, models, { traffic: 0.6, name: 'Another' });
    const after = people.filter((person) => meets(test, person).arm !== null);
    assert.ok(before.length > 330 && before.length < 470, `${before.length}`);
    assert.equal(after.length, people.length);
    await assert.rejects(begin(test, models, { traffic: 0.1 }), { code: 'no_traffic_left' });
    assert.equal((await test.call('listExperiments', {})).items.length, 2);
    const draft = await begin(test, models, { traffic: 0.4, draft: true });
    await assert.rejects(test.call('resumeExperiment', { params: { id: draft.id } }), {
      code: 'no_traffic_left',
    });
    await test.call('endExperiment', { params: { id: first.id }, body: {} });
    assert.equal((await test.call('resumeExperiment', { params: { id: draft.id } })).status, 'running');
  },
);

await testOnEachDatabase('testers are sent to an arm by hand and do not count', async (t, kind) => {
  const test = await openTestShip(t, kind);
  const models = await withTwoModels(test);
  const { id } = await begin(test, models, { traffic: 0.01 });
  const forced = { 'person 1': 'treatment' as const, 'person 2': 'control' as const };
  await test.call('forceVariants', { params: { id }, body: { forced } });
  assert.deepEqual(meets(test, 'person 1'), { model: models.treatment, arm: 'treatment', counted: false });
  assert.deepEqual(meets(test, 'person 2'), { model: models.control, arm: 'control', counted: false });
});

await testOnEachDatabase(
  'looks are kept; a clear success can be promoted, an open one only by force',
  async (t, kind) => {
    const test = await openTestShip(t, kind);
    const models = await withTwoModels(test);
    const criteria = [{ metric: 'satisfaction', measure: 'relative', bound: 'above', value: 0.05 }];
    const { id } = await begin(test, models, { success_metrics: criteria });
    prove(test, [liked('control', 60, 30), liked('treatment', 60, 33)]);
    const early = await look(test, id);
    assert.equal(early.results?.recommendation.verdict, 'go_on');
    await assert.rejects(test.call('promoteExperiment', { params: { id }, body: {} }), {
      code: 'experiment_undecided',
    });

    prove(test, [liked('control', 2000, 1000), liked('treatment', 2000, 1300)]);
    const later = await look(test, id);
    assert.equal(later.results?.recommendation.verdict, 'deploy');
    const { items } = await test.call('experimentHistory', { params: { id } });
    assert.equal(
      items.filter(({ metric }) => metric === 'satisfaction').length,
      1,
      'a life of 28 days is not kept by the minute',
    );

    const promoted = await test.call('promoteExperiment', { params: { id }, body: {} });
    assert.deepEqual([promoted.status, promoted.winner], ['completed', 'treatment']);
    assert.deepEqual(meets(test, 'person 1'), { model: models.treatment, arm: null, counted: null });
    await assert.rejects(test.call('pauseExperiment', { params: { id } }), { code: 'experiment_state' });
    const [audited] = await test.platform.database.sql
      .selectFrom('audit_log')
      .select(['action', 'actor'])
      .where('subject', '=', `experiment:${id}`)
      .orderBy('position', 'desc')
      .execute();
    assert.deepEqual(audited, { action: 'experiment.ended', actor: 'member:1' });
  },
);

await testOnEachDatabase(
  'promoting ends the experiment and moves the traffic, or does neither',
  async (t, kind) => {
    const test = await openTestShip(t, kind);
    const models = await withTwoModels(test);
    const { id } = await begin(test, models);
    const { sql } = test.platform.database;
    const refusing = raw.raw(`refuse_deploy_${test.organization.replaceAll('-', '_')}`);
    const whose = raw.raw(`NEW.organization = '${test.organization}' AND NEW.action = 'model.deployed'`);
    await raw`CREATE FUNCTION ${refusing}() RETURNS trigger LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'the server died here'; END $$`.execute(sql);
    await raw`CREATE TRIGGER ${refusing} BEFORE INSERT ON audit_log FOR EACH ROW WHEN (${whose})
    EXECUTE FUNCTION ${refusing}()`.execute(sql);
    const promote = () => test.call('promoteExperiment', { params: { id }, body: { force: true } });
    await assert.rejects(promote(), /the server died here/);
    await raw`DROP FUNCTION ${refusing}() CASCADE`.execute(sql);
    assert.equal((await test.call('getExperiment', { params: { id } })).status, 'running');
    assert.equal((await test.call('listRamps')).items[0]?.model_id, models.control);
    assert.equal((await promote()).status, 'completed');
    assert.equal((await test.call('listRamps')).items[0]?.model_id, models.treatment);
  },
);

await testOnEachDatabase(
  'what does harm is ended by itself, and everybody gets the old model again',
  async (t, kind) => {
    const test = await openTestShip(t, kind);
    const models = await withTwoModels(test);
    const { id } = await begin(test, models);
    prove(test, [liked('control', 1000, 600), liked('treatment', 1000, 400)]);
    await look(test, id);
    const read = async () => {
      const { status, winner, reason } = await test.call('getExperiment', { params: { id } });
      return [status, winner, reason];
    };
    await eventually(read, ['completed', 'control', 'harmful: satisfaction']);
    await eventually(() => test.ended.length, 1);
    await eventually(() => meets(test, 'person 1'), { model: models.control, arm: null, counted: null });
  },
);

await testOnEachDatabase('it ends when its time is over, later when extended', async (t, kind) => {
  const test = await openTestShip(t, kind);
  const models = await withTwoModels(test);
  const { id, end_date } = await begin(test, models, { days: 1 });
  const extended = await test.call('extendExperiment', { params: { id }, body: { days: 2 } });
  assert.equal(Date.parse(extended.end_date ?? '') - Date.parse(end_date ?? ''), 2 * 86_400_000);
  test.clock.pass(2 * 86_400);
  assert.equal((await look(test, id)).status, 'running');
  test.clock.pass(86_400);
  await look(test, id);
  const read = async () => {
    const { status, winner } = await test.call('getExperiment', { params: { id } });
    return [status, winner];
  };
  await eventually(read, ['completed', 'inconclusive']);
});

await testOnEachDatabase('a model of an experiment cannot be archived before that ends', async (t, kind) => {
  const test = await openTestShip(t, kind);
  const models = await withTwoModels(test);
  const { id } = await begin(test, models);
  const archive = () => test.call('archiveModel', { params: { id: models.treatment } });
  await assert.rejects(archive(), { code: 'model_not_deployable' });
  await test.call('endExperiment', { params: { id }, body: {} });
  assert.equal((await archive()).status, 'archived');
});

await testOnEachDatabase('an organisation sees and changes only its own', async (t, kind) => {
  const test = await openTestShip(t, kind);
  const models = await withTwoModels(test);
  const { id } = await begin(test, models);
  const unknown = { code: 'experiment_not_found' };
  await assert.rejects(test.call('getExperiment', { params: { id } }, test.other), unknown);
  await assert.rejects(test.call('pauseExperiment', { params: { id } }, test.other), unknown);
  await assert.rejects(test.call('experimentHistory', { params: { id } }, test.other), unknown);
  assert.deepEqual((await test.call('listExperiments', {}, test.other)).items, []);
});
