import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RetrainingRule } from '@attune/contracts';
import { demoSnapshot } from '../testing/demo-snapshot.ts';
import { testOnEachDatabase } from '../testing/each-database.ts';
import { openTestLearn, type TestLearn } from '../testing/open-test-learn.ts';
import { nextTime } from './schedule.ts';

const monthly = { cron: '0 3 1 * *' };
const atFifty = { name: 'fifty', trigger: { ratings: 50 }, training: {}, shadow_share: 0.1 };

async function eventsOf(it: TestLearn, { id }: { id: string }): Promise<string[]> {
  const { items } = await it.call('listRetrainingDecisions', { params: { id } });
  return items.map(({ event }) => event).reverse();
}

/** The rule once its run has ended. */
async function ended(it: TestLearn, { id }: { id: string }): Promise<RetrainingRule> {
  for (;;) {
    const rule = await it.call('getRetrainingRule', { params: { id } });
    // Read once more: a rule is read before its run, which may have ended in between.
    if (rule.last_run !== null && rule.last_run.ended_at !== null) {
      return await it.call('getRetrainingRule', { params: { id } });
    }
    await sleep(200);
  }
}

async function waitFor<Found>(find: () => Promise<Found | undefined>): Promise<Found> {
  for (;;) {
    const found = await find();
    if (found !== undefined) return found;
    await sleep(50);
  }
}

async function ranByHand(it: TestLearn, rule: { id: string }): Promise<RetrainingRule> {
  await it.call('runRetraining', { params: { id: rule.id } });
  return await ended(it, rule);
}

await testOnEachDatabase(
  'a rule with enough ratings trains once, however many servers look',
  async (kind) => {
    const it = await openTestLearn(kind);
    it.ratings.give(it.organization, demoSnapshot(30));
    const rule = await it.call('createRetrainingRule', { body: atFifty });
    const look = await it.call('dryRunRetraining', { params: { id: rule.id } });
    assert.deepEqual([look.verdict, look.cause, look.ratings], ['start', 'ratings', 50]);
    assert.deepEqual(it.ratings.prepared, [], 'a dry run does nothing');

    const replicas = [await it.replica(true), await it.replica(true)];
    const { last_run, failures } = await ended(it, rule);
    assert.equal(last_run?.error_message, null);
    assert.deepEqual([last_run?.cause, failures], ['ratings', 0]);
    const steps = ['created', 'started', 'prepared', 'trained', 'shadowed', 'finished'];
    assert.deepEqual(await eventsOf(it, rule), steps);
    const [model, ...more] = it.models.of(it.organization);
    assert.deepEqual([model?.jobId, model?.datasetId, more], [last_run?.id, last_run?.dataset_id, []]);
    assert.equal(last_run?.evaluation?.model_id, model?.modelId);
    assert.ok((last_run?.evaluation?.metrics.n ?? 0) > 20);
    assert.ok(it.ratings.gatesMeasured.includes(model?.modelId ?? ''), 'whoever is asked sees the gates');
    const told = it.ratings.told.filter(({ organization }) => organization === it.organization);
    assert.deepEqual(
      told.map(({ kind: sort, model: named }) => [sort, named]),
      [['model_ready', model?.modelId]],
    );

    // The next looks find nothing new: one line says so.
    while (
      (await it.call('getRetrainingRule', { params: { id: rule.id } })).last_look?.verdict !== 'not_yet'
    ) {
      await sleep(200);
    }
    const { last_look } = await it.call('getRetrainingRule', { params: { id: rule.id } });
    assert.deepEqual([last_look?.ratings, last_look?.ratings_needed], [0, 50]);
    assert.deepEqual((await eventsOf(it, rule)).slice(steps.length), ['not_yet']);
    for (const replica of replicas) await replica.stop();
  },
);

await testOnEachDatabase('a run that fails says where and why; after three the rule pauses', async (kind) => {
  const it = await openTestLearn(kind);
  const server = await it.replica(true);
  const body = { name: 'nothing', trigger: monthly, training: { model_name: 'none' } };
  const rule = await it.call('createRetrainingRule', { body });
  const first = await ranByHand(it, rule);
  assert.match(first.last_run?.error_message ?? '', /^not_enough_data: /);
  assert.deepEqual([first.last_run?.step, first.failures, first.paused], ['prepare', 1, false]);
  await ranByHand(it, rule);
  const third = await ranByHand(it, rule);
  assert.deepEqual([third.failures, third.paused], [3, true]);
  assert.deepEqual((await eventsOf(it, rule)).slice(-3), ['started', 'failed', 'gave_up']);
  const told = it.ratings.told.find(({ organization }) => organization === it.organization);
  assert.equal(told?.kind, 'retraining_paused');

  const resumed = await it.call('updateRetrainingRule', { params: { id: rule.id }, body: { paused: false } });
  assert.deepEqual([resumed.failures, resumed.paused], [0, false]);
  assert.equal((await eventsOf(it, rule)).at(-1), 'resumed');

  it.ratings.give(it.organization, demoSnapshot(30));
  assert.equal((await ranByHand(it, rule)).last_run?.error_message, null);
  await server.stop();
});

await testOnEachDatabase(
  'a run that is no better than its base is logged and is no failure',
  async (kind) => {
    const it = await openTestLearn(kind, { mostRuns: 0 });
    it.ratings.give(it.organization, demoSnapshot(30));
    const training = { provider: 'custom', recipe: 'dpo', base_model: 'm', model_name: 'p' } as const;
    const rule = await it.call('createRetrainingRule', { body: { name: 'dpo', trigger: monthly, training } });
    const { sql } = it.platform.database;
    await sql.updateTable('retraining_rules').set({ failures: 2 }).where('id', '=', rule.id).execute();
    const server = await it.replica(true);
    await it.call('runRetraining', { params: { id: rule.id } });
    // Nobody trains here: the run's job ends as the trainer would end it.
    const { id } = await waitFor(() =>
      sql
        .selectFrom('fine_tuning_jobs')
        .select('id')
        .where('organization', '=', it.organization)
        .executeTakeFirst(),
    );
    const report = {
      status: 'completed',
      training_metrics: JSON.stringify({ better_than_base: false }),
    } as const;
    await sql.updateTable('fine_tuning_jobs').set(report).where('id', '=', id).execute();
    const { last_run, failures, paused } = await ended(it, rule);
    assert.deepEqual([last_run?.outcome, last_run?.error_message], ['not_better', null]);
    assert.deepEqual([failures, paused], [0, false]);
    assert.deepEqual(await eventsOf(it, rule), ['created', 'started', 'prepared', 'not_better']);
    await server.stop();
  },
);

await testOnEachDatabase('a live model that surely errs on fresh labels starts a run', async (kind) => {
  const it = await openTestLearn(kind);
  const trigger = { accuracy: { below: 0.7, labels: 100 } };
  const add = (name: string) =>
    it.call('createRetrainingRule', { body: { name, trigger, training: {}, paused: true } });
  const look = async ({ id }: { id: string }) => {
    await it.call('updateRetrainingRule', { params: { id }, body: { paused: false } });
    return await it.call('dryRunRetraining', { params: { id } });
  };
  const none = await look(await add('no traffic'));
  assert.deepEqual([none.verdict, none.accuracy?.model, none.accuracy?.estimate.n], ['not_yet', null, 0]);

  // Scores that say nothing: good and bad answers alternate along them.
  const chance = (n: number) =>
    Array.from({ length: n }, (_, at) => ({ score: at / n, positive: at % 2 === 0 }));
  it.ratings.reactions.set(it.organization, chance(98));
  assert.equal((await look(await add('too few labels'))).verdict, 'not_yet');
  it.ratings.reactions.set(it.organization, chance(400));
  const seen = await look(await add('enough'));
  assert.deepEqual([seen.verdict, seen.cause, seen.accuracy?.model], ['start', 'accuracy', 'live@1.0.0']);
  const { value, ci, n } = seen.accuracy?.estimate ?? assert.fail('it was measured');
  assert.ok(value !== null && ci[1] !== null && value < 0.51 && ci[1] < 0.7 && n === 400);

  // Scores that are always right.
  it.ratings.reactions.set(
    it.organization,
    chance(400).map(({ positive }, at) => ({ score: at + (positive ? 400 : 0), positive })),
  );
  assert.equal((await look(await add('good'))).verdict, 'not_yet');
});

await testOnEachDatabase('what a rule may not do, it is refused', async (kind) => {
  const it = await openTestLearn(kind);
  const add = (body: object) => it.call('createRetrainingRule', { body: { ...atFifty, ...body } });
  const rule = await add({ paused: true });
  const params = { id: rule.id };
  await assert.rejects(add({}), { code: 'retraining_rule_exists' });
  await assert.rejects(add({ name: 'b', trigger: {} }), { code: 'invalid_request' });
  const badTimes = [{ cron: '0 3 * * 9' }, { cron: '0 3 * *    ' }, { ...monthly, time_zone: 'Mars/Here' }];
  for (const trigger of badTimes) {
    await assert.rejects(add({ name: 'b', trigger }), ({ code, details }) => {
      assert.deepEqual([code, details.param], ['invalid_request', 'trigger.cron']);
      return true;
    });
  }
  await assert.rejects(add({ name: 'b', evaluation_set: 'nowhere' }), { code: 'dataset_not_found' });
  assert.equal((await it.call('dryRunRetraining', { params })).verdict, 'paused');
  for (const id of [
    'getRetrainingRule',
    'dryRunRetraining',
    'runRetraining',
    'deleteRetrainingRule',
  ] as const) {
    await assert.rejects(it.call(id, { params }, it.other), { code: 'retraining_rule_not_found' });
  }
  assert.deepEqual((await it.call('listRetrainingRules', {}, it.other)).items, []);

  // No server takes it up here: the run stays under way.
  await it.call('runRetraining', { params });
  await assert.rejects(it.call('runRetraining', { params }), { code: 'retraining_running' });
  await assert.rejects(it.call('deleteRetrainingRule', { params }), { code: 'retraining_running' });
  assert.equal((await it.call('dryRunRetraining', { params })).verdict, 'running');
});

await testOnEachDatabase("a rule stays within its month's limit", async (kind) => {
  const it = await openTestLearn(kind, { mostRuns: 0, hourlyCost: 2 });
  const training = {
    provider: 'custom',
    recipe: 'dpo',
    base_model: 'm',
    model_name: 'p',
    max_hours: 10,
  } as const;
  const body = { ...atFifty, training, limits: { monthly_cost: 19 }, paused: true };
  const { id } = await it.call('createRetrainingRule', { body });
  const look = await it.call('dryRunRetraining', { params: { id } });
  assert.deepEqual([look.spent, look.expected_cost], [0, 20]);
  await assert.rejects(it.call('runRetraining', { params: { id } }), { code: 'budget_exceeded' });
  await it.call('updateRetrainingRule', { params: { id }, body: { limits: { monthly_cost: 20 } } });
  await it.call('runRetraining', { params: { id } });
  await it.call('updateRetrainingRule', { params: { id }, body: { name: 'other' } });
  const [rule] = (await it.call('listRetrainingRules')).items;
  assert.deepEqual([rule?.name, rule?.limits.monthly_cost, rule?.trigger.ratings], ['other', 20, 50]);
});

test('schedules keep to their time zone, across its changes', () => {
  const trigger = { ratings: null, accuracy: null, cron: '30 3 * * *', time_zone: 'Europe/Vienna' };
  const next = (after: string) => nextTime(trigger, new Date(after))?.toISOString();
  assert.equal(next('2026-03-27T12:00:00Z'), '2026-03-28T02:30:00.000Z');
  assert.equal(next('2026-03-29T12:00:00Z'), '2026-03-30T01:30:00.000Z');
  assert.equal(nextTime({ ...trigger, cron: null }, new Date()), null);
});
