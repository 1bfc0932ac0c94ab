import assert from 'node:assert/strict';
import type { JobEvent } from '@attune/contracts';
import { newId } from '../platform/ids.ts';
import { demoSnapshot } from './testing/demo-snapshot.ts';
import { testOnEachDatabase } from './testing/each-database.ts';
import { eventsOf, statusesIn } from './testing/job-events.ts';
import { openTestLearn, type TestLearn } from './testing/open-test-learn.ts';
import { TRAIN } from './train-queue.ts';

const plain = { recipe: 'plain' as const, embedder: 'static' as const, seed: 1 };
const attune = { recipe: 'attune' as const, embedder: 'static' as const, seed: 1 };

/** Follows a job's events to its end. */
async function follow({ fetch }: TestLearn, id: string): Promise<JobEvent[]> {
  return await Array.fromAsync(eventsOf(await fetch('watchJob', { params: { id } })));
}

/** What a job has said until now; it may go on. */
async function eventsSoFar({ platform }: TestLearn, id: string): Promise<JobEvent[]> {
  const rows = platform.database.sql.selectFrom('job_events').select('event').where('job_id', '=', id);
  return (await rows.orderBy('position').execute()).map(({ event }) => event);
}

async function status({ call }: TestLearn, id: string): Promise<string> {
  return (await call('getJob', { params: { id } })).status;
}

/** Follows a job until it says that it trains; the run goes on. */
async function untilTraining(test: TestLearn, id: string): Promise<void> {
  for await (const event of eventsOf(await test.fetch('watchJob', { params: { id } }))) {
    if (event.type === 'status' && event.status === 'training') return;
  }
}

await testOnEachDatabase(
  'a job goes from pending to a registered model, watched live and later',
  async (kind) => {
    const test = await openTestLearn(kind);
    const dataset = await test.freeze('first', { ratings: demoSnapshot(40) });
    const body = { dataset: 'first', model_name: 'helpful', hyperparameters: plain };
    const job = await test.call('createJob', { body });
    assert.deepEqual([job.status, job.progress, job.dataset_id], ['pending', 0, dataset]);
    const watched = follow(test, job.id);
    const { stop } = await test.replica(true);
    const live = await watched;
    assert.deepEqual(statusesIn(live), ['pending', 'validating', 'training', 'completed']);
    assert.equal(live.at(-1)?.type, 'done');
    assert.ok(live.some((event) => event.type === 'progress' && event.stage === 'training'));
    assert.ok(live.some((event) => event.type === 'metric' && event.name === 'validation_auc'));
    assert.deepEqual(await follow(test, job.id), live);

    const done = await test.call('getJob', { params: { id: job.id } });
    assert.equal(done.progress, 1);
    assert.ok(done.training_metrics?.pair_accuracy);
    const [model, ...others] = test.models.of(test.organization);
    assert.deepEqual(others, []);
    assert.equal(model?.modelId, done.resulting_model_id);
    assert.equal(model?.name, 'helpful');
    assert.equal(model?.jobId, job.id);
    assert.match(String(model?.card.data_hash), /^[0-9a-f]{64}$/);
    assert.deepEqual(model?.card.dataset, { id: dataset, name: 'first' });
    const { errors, ...metrics } = done.training_metrics;
    assert.deepEqual(model?.metrics, metrics);
    assert.deepEqual(Object.keys(errors ?? {}), ['length'], 'its rows name no categories');
    await stop();
  },
);

await testOnEachDatabase(
  'a job is length-controlled when asked, unless its recipe cannot be',
  async (kind) => {
    const test = await openTestLearn(kind);
    await test.freeze('some', { ratings: demoSnapshot(40) });
    const create = (recipe: 'plain' | 'attune') =>
      test.call('createJob', {
        body: { dataset: 'some', hyperparameters: { recipe, length_controlled: true } },
      });
    await assert.rejects(create('plain'), { code: 'invalid_request' });
    const job = await create('attune');
    assert.deepEqual(job.hyperparameters, { ...attune, length_controlled: true });
    await test.call('cancelJob', { params: { id: job.id } });
  },
);

await testOnEachDatabase('a data set that is not there, or not frozen, is refused', async (kind) => {
  const test = await openTestLearn(kind);
  const create = (dataset: string) => test.call('createJob', { body: { dataset } });
  await assert.rejects(create('nothing'), { code: 'dataset_not_found' });
  await assert.rejects(create('a draft'), { code: 'dataset_not_ready' });
  assert.deepEqual((await test.call('listJobs')).items, []);
});

await testOnEachDatabase('a job that fails says why, and can be run again', async (kind) => {
  const test = await openTestLearn(kind);
  await test.freeze('small', { ratings: demoSnapshot(5) });
  const job = await test.call('createJob', { body: { dataset: 'small', hyperparameters: plain } });
  const { stop } = await test.replica(true);
  const events = await follow(test, job.id);
  assert.deepEqual(statusesIn(events), ['pending', 'validating', 'training', 'failed']);
  const failed = await test.call('getJob', { params: { id: job.id } });
  assert.match(failed.error_message ?? '', /^too_few_samples: .*50/);
  assert.deepEqual(events.at(-1)?.type, 'failed');
  const again = await test.call('resumeJob', { params: { id: job.id } });
  assert.deepEqual([again.status, again.error_message], ['pending', null]);
  assert.equal(statusesIn(await follow(test, job.id)).filter((each) => each === 'failed').length, 2);
  await assert.rejects(test.call('cancelJob', { params: { id: job.id } }), { code: 'job_not_running' });
  await stop();
});

await testOnEachDatabase('a job is cancelled from another replica, and can be run again', async (kind) => {
  const test = await openTestLearn(kind);
  await test.freeze('all', { ratings: demoSnapshot(427) });
  const job = await test.call('createJob', { body: { dataset: 'all', hyperparameters: attune } });
  const { stop } = await test.replica(true);
  await untilTraining(test, job.id);
  assert.equal((await test.call('cancelJob', { params: { id: job.id } })).status, 'cancelled');
  await assert.rejects(test.call('cancelJob', { params: { id: job.id } }), { code: 'job_not_running' });

  // Jobs run one at a time: that the next one ends shows that the cancelled run is over.
  await test.freeze('some', { ratings: demoSnapshot(40) });
  const next = await test.call('createJob', { body: { dataset: 'some', hyperparameters: plain } });
  assert.equal(statusesIn(await follow(test, next.id)).at(-1), 'completed');
  assert.equal(await status(test, job.id), 'cancelled');
  assert.equal(test.models.of(test.organization).length, 1);
  await stop();
});

await testOnEachDatabase('a job that is cancelled and run again at once ends once', async (kind) => {
  const test = await openTestLearn(kind);
  await test.freeze('many', { ratings: demoSnapshot(100) });
  const { id } = await test.call('createJob', { body: { dataset: 'many', hyperparameters: attune } });
  const { stop } = await test.replica(true);
  await untilTraining(test, id);
  await test.call('cancelJob', { params: { id } });
  await test.call('resumeJob', { params: { id } });
  const statuses = statusesIn(await follow(test, id));
  assert.deepEqual(statuses.slice(-5), ['cancelled', 'pending', 'validating', 'training', 'completed']);
  assert.equal(test.models.of(test.organization).length, 1);
  await stop();
});

await testOnEachDatabase('a job that waits can be cancelled and is never run', async (kind) => {
  const test = await openTestLearn(kind);
  await test.freeze('some', { ratings: demoSnapshot(40) });
  const body = { dataset: 'some', hyperparameters: plain };
  const [first, second] = [await test.call('createJob', { body }), await test.call('createJob', { body })];
  await test.call('cancelJob', { params: { id: first.id } });
  const { stop } = await test.replica(true);
  await follow(test, second.id);
  assert.deepEqual(statusesIn(await follow(test, first.id)), ['pending', 'cancelled']);
  await stop();
});

/** Makes a job look as if its runner had been heard of last so many seconds ago. */
async function silence(test: TestLearn, id: string, seconds: number): Promise<void> {
  const heartbeat_at = new Date(Date.now() - seconds * 1000);
  const rows = test.platform.database.sql.updateTable('fine_tuning_jobs').where('id', '=', id);
  await rows.set({ status: 'training', job_id: newId(), heartbeat_at }).execute();
}

await testOnEachDatabase(
  'a job whose runner has gone silent starts over, twice, then stays lost',
  async (kind) => {
    const test = await openTestLearn(kind);
    await test.freeze('some', { ratings: demoSnapshot(40) });
    const { id } = await test.call('createJob', { body: { dataset: 'some', hyperparameters: plain } });
    await silence(test, id, 0);
    assert.equal(await status(test, id), 'training');
    for (const attempt of [2, 3]) {
      await silence(test, id, 31);
      const [one, other] = await Promise.all([status(test, id), status(test, id)]);
      assert.deepEqual([one, other], ['pending', 'pending']);
      const events = await eventsSoFar(test, id);
      assert.deepEqual(statusesIn(events).slice(-2), ['lost', 'pending']);
      assert.ok(
        events.some((event) => event.type === 'log' && event.message.includes(`attempt ${attempt} of 3`)),
      );
      assert.equal(statusesIn(events).filter((each) => each === 'lost').length, attempt - 1);
    }
    await silence(test, id, 31);
    const lost = await test.call('getJob', { params: { id } });
    assert.equal(lost.status, 'lost');
    assert.match(lost.error_message ?? '', /silent 3 times/);
    assert.equal(statusesIn(await follow(test, id)).at(-1), 'lost');

    await test.call('resumeJob', { params: { id } });
    const { stop } = await test.replica(true);
    assert.equal(statusesIn(await follow(test, id)).at(-1), 'completed');
    await assert.rejects(test.call('resumeJob', { params: { id } }), { code: 'job_not_running' });
    await stop();
  },
);

await testOnEachDatabase('a server that starts takes up what was lost before', async (kind) => {
  const test = await openTestLearn(kind);
  await test.freeze('some', { ratings: demoSnapshot(40) });
  const { id } = await test.call('createJob', { body: { dataset: 'some', hyperparameters: plain } });
  await silence(test, id, 31);
  const { stop } = await test.replica(true);
  const statuses = statusesIn(await follow(test, id));
  assert.deepEqual(statuses, ['pending', 'lost', 'pending', 'validating', 'training', 'completed']);
  await stop();
});

await testOnEachDatabase('a server that stops gives its job to the next one', async (kind) => {
  const test = await openTestLearn(kind);
  await test.freeze('all', { ratings: demoSnapshot(100) });
  const job = await test.call('createJob', { body: { dataset: 'all', hyperparameters: attune } });
  const one = await test.replica(true);
  await untilTraining(one, job.id);
  await one.stop();
  assert.equal(await status(test, job.id), 'pending');
  const two = await test.replica(true);
  assert.equal(statusesIn(await follow(test, job.id)).at(-1), 'completed');
  assert.equal(test.models.of(test.organization).length, 1);
  await two.stop();
});

await testOnEachDatabase('a job that is handed out twice is run once', async (kind) => {
  const test = await openTestLearn(kind);
  await test.freeze('some', { ratings: demoSnapshot(40) });
  const job = await test.call('createJob', { body: { dataset: 'some', hyperparameters: plain } });
  await test.platform.queue.send(TRAIN, { organization: test.organization, jobId: job.id });
  const replicas = [await test.replica(true), await test.replica(true)];
  const events = await follow(test, job.id);
  for (const { stop } of replicas) await stop();
  assert.equal(statusesIn(events).filter((each) => each === 'validating').length, 1);
  assert.equal(test.models.of(test.organization).length, 1);
});

await testOnEachDatabase('jobs stay in their organisation, and the list turns pages', async (kind) => {
  const test = await openTestLearn(kind);
  await test.freeze('some', { ratings: demoSnapshot(40) });
  const ids: string[] = [];
  for (let k = 0; k < 3; k++) ids.push((await test.call('createJob', { body: { dataset: 'some' } })).id);
  const first = await test.call('listJobs', { query: { limit: 2, status: 'pending' } });
  const rest = await test.call('listJobs', { query: { limit: 2, cursor: first.next_cursor ?? '' } });
  assert.deepEqual(
    [...first.items, ...rest.items].map((job) => job.id),
    ids.toReversed(),
  );
  assert.deepEqual((await test.call('listJobs', {}, test.other)).items, []);
  const params = { id: ids[0] ?? '' };
  for (const id of ['getJob', 'cancelJob', 'resumeJob', 'watchJob'] as const) {
    await assert.rejects(test.fetch(id, { params }, test.other), { code: 'job_not_found' });
  }
  for (const id of ids) await test.call('cancelJob', { params: { id } });
});
