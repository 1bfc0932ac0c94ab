import assert from 'node:assert/strict';
import { demoSnapshot } from '../testing/demo-snapshot.ts';
import { testOnEachDatabase } from '../testing/each-database.ts';
import { openTestLearn } from '../testing/open-test-learn.ts';

/** Runs cost 2 an hour here, and none starts. */
const idle = { mostRuns: 0, hourlyCost: 2 };

function run(max_hours: number) {
  return {
    provider: 'custom' as const,
    recipe: 'dpo' as const,
    dataset: 'some',
    base_model: 'model',
    model_name: 'policy',
    max_hours,
  };
}

await testOnEachDatabase('a budget stops jobs before they start, and says what is free', async (kind) => {
  const it = await openTestLearn(kind, idle);
  await it.freeze('some', { ratings: demoSnapshot(5) });
  assert.equal((await it.call('getBudget')).limit, null);
  await it.call('setBudget', { body: { month: '2020-01', limit: 50 } });
  assert.equal((await it.call('getBudget')).limit, 50, 'a limit holds until the next one');

  const first = await it.call('createJob', { body: run(20) });
  assert.equal(first.cost_estimate, 40);
  await assert.rejects(it.call('createJob', { body: run(6) }), {
    code: 'budget_exceeded',
    message: "The job could cost 12.00, and 10.00 of this month's budget of 50.00 is free.",
  });
  await it.call('createJob', { body: run(5) });
  const { spent, committed } = await it.call('getBudget');
  assert.deepEqual([spent, committed], [0, 50]);

  await it.call('cancelJob', { params: { id: first.id } });
  await it.call('createJob', { body: run(20) });
  await assert.rejects(it.call('resumeJob', { params: { id: first.id } }), { code: 'budget_exceeded' });
  await it.call('setBudget', { body: { limit: null } });
  assert.equal((await it.call('resumeJob', { params: { id: first.id } })).status, 'pending');
  assert.equal((await it.call('getBudget', {}, it.other)).limit, null);
});

await testOnEachDatabase('a run is expected to cost what runs like it did', async (kind) => {
  const it = await openTestLearn(kind, idle);
  await it.freeze('some', { ratings: demoSnapshot(5) });
  for (const hours of [1, 2, 6]) {
    const { id } = await it.call('createJob', { body: run(24) });
    const ended = {
      status: 'completed' as const,
      hours_before: hours,
      actual_cost: 2 * hours,
      completed_at: new Date(),
    };
    await it.platform.database.sql.updateTable('fine_tuning_jobs').set(ended).where('id', '=', id).execute();
  }
  assert.equal((await it.call('createJob', { body: run(24) })).cost_estimate, 4);
  assert.equal((await it.call('createJob', { body: run(1) })).cost_estimate, 2);
  assert.equal((await it.call('getBudget')).spent, 18);
});
