/** Jobs on a cluster as the server sees them: Ray's REST side is a stand-in, and the test speaks for the run. */
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Job, RunEvent } from '@attune/contracts';
import { type AttuneClient, createClient } from '@attune/sdk';
import { readConfig } from '../apps/server/src/config.ts';
import { type RunningServer, startServer } from '../apps/server/src/main.ts';
import { type FakeRay, startFakeRay } from './harness/fake-ray.ts';
import { RemoteRun } from './harness/remote-run.ts';
import { prepareCorpus } from './harness/reward-model.ts';
import { dataFolder } from './harness/temp-folder.ts';

const at = '2026-01-01T00:00:00.000Z';

function started(sequence: number): RunEvent {
  const versions = { python: '3.11' };
  return {
    ...{ sequence, at, type: 'started', protocol: 1, trainer_version: '0', recipe: 'sft', device: 'cpu' },
    ...{ process: 1, resumed_from: null, versions },
  } as RunEvent;
}

function loss(sequence: number, step: number): RunEvent {
  return { sequence, at, type: 'metrics', step, values: { loss: 1 / step } };
}

describe('runs on a Ray cluster', () => {
  let ray: FakeRay;
  let server: RunningServer;
  let client: AttuneClient;
  let dataset: string;

  before(async () => {
    ray = await startFakeRay();
    server = await startServer(
      readConfig({
        ATTUNE_DATA: await dataFolder(),
        ATTUNE_PORT: '0',
        ATTUNE_LOG_LEVEL: 'silent',
        ATTUNE_RAY_URL: ray.url,
        ATTUNE_RAY_FOLDER: "/shared/bob's runs",
        ATTUNE_RAY_WORKERS: '2',
        ATTUNE_TRAINER_PYTHON: '/nowhere/python',
      }),
    );
    client = createClient({ url: server.url, apiKey: server.localKey });
    dataset = await prepareCorpus(client, 'corpus', 16);
  });
  after(async () => {
    await server.close();
    await ray.close();
  });

  const submit = async (base_model = 'someone/model'): Promise<Job> => {
    const model = { base_model, model_name: 'writer' };
    const body = { provider: 'custom', runner: 'ray', recipe: 'sft', dataset, ...model } as const;
    return await client.createJob({ body });
  };
  const until = async (id: string, wanted: (job: Job) => boolean): Promise<Job> => {
    for (;;) {
      const job = await client.getJob({ params: { id } });
      if (wanted(job)) return job;
      await sleep(50);
    }
  };
  /** The newest attempt of a job, once Ray has it. */
  const runOf = async (id: string): Promise<RemoteRun> => {
    for (;;) {
      const submission = ray.submitted.findLast(({ entrypoint }) => entrypoint.includes(`--job ${id}`));
      if (submission !== undefined) return new RemoteRun(server, id, submission);
      await sleep(50);
    }
  };

  test('a run is handed over, tells what happens, brings its files and ends as a model', async () => {
    const { id } = await submit();
    const run = await runOf(id);
    assert.match(run.submission.entrypoint, /^python -m attune_trainer remote --server http/);
    assert.match(
      run.submission.entrypoint,
      /--folder '\/shared\/bob'\\''s runs\/[\w-]+' --workers 2 --gpus 0$/,
    );
    assert.ok(!run.submission.entrypoint.includes('atj_'), 'no secret in a command line');

    const begun = await run.ask('/run', { last_sequence: 0 });
    const { spec } = begun.body as { spec: { recipe: string; data: { sha256: string } } };
    assert.deepEqual([begun.body.goes_on, spec.recipe], [true, 'sft']);
    const data = await run.bytes('/run/data');
    assert.equal(createHash('sha256').update(data).digest('hex'), spec.data.sha256);

    assert.deepEqual((await run.report(started(1), loss(2, 1))).body, { last_sequence: 2, goes_on: true });
    // Brought again, as after an answer that got lost: it counts once.
    assert.deepEqual((await run.report(loss(2, 1), loss(3, 2))).body, { last_sequence: 3, goes_on: true });

    const file = randomBytes(5_000_000);
    const sha256 = createHash('sha256').update(file).digest('hex');
    const event = { at, name: 'model/weights', path: 'artifacts/model/weights', sha256, bytes: file.length };
    const artifact: RunEvent = { sequence: 4, type: 'artifact', kind: 'model', ...event };
    const early = await run.report(artifact);
    assert.equal(early.status, 404, 'a file is there before it is told of');
    const place = `/artifacts/${sha256}/upload`;
    const part = (from: number, to: number) =>
      run.ask(`${place}?offset=${from}&total=${file.length}`, file.subarray(from, to));
    assert.deepEqual((await part(0, 3_000_000)).body, { received: 3_000_000, complete: false });
    assert.equal((await part(4_000_000, 5_000_000)).status, 409, 'nothing is left out');
    assert.deepEqual((await run.ask(place)).body, { received: 3_000_000, complete: false });
    assert.deepEqual((await part(3_000_000, 5_000_000)).body, { received: 5_000_000, complete: true });

    const wrong = createHash('sha256').update('something else').digest('hex');
    const damaged = await run.ask(`/artifacts/${wrong}/upload?offset=0&total=4`, Buffer.from('this'));
    assert.equal(damaged.status, 422);
    assert.deepEqual((await run.ask(`/artifacts/${wrong}/upload`)).body, { received: 0, complete: false });

    const done: RunEvent = { sequence: 5, at, type: 'done', report: { metrics: { loss: 0.5 } } };
    assert.deepEqual((await run.report(artifact, done)).body, { last_sequence: 5, goes_on: false });
    ray.states.set(run.submission.submission_id, 'SUCCEEDED');
    const job = await client.getJob({ params: { id } });
    assert.deepEqual([job.status, job.runner, job.latest_metrics.loss], ['completed', 'ray', 0.5]);
    assert.equal(job.resulting_model_id, 'writer@1.0.0');
    const { items } = await client.jobArtifacts({ params: { id } });
    assert.deepEqual(
      items.map(({ name, sha256: hash }) => [name, hash]),
      [['model/weights', sha256]],
    );
    const { series } = await client.jobMetrics({ params: { id }, query: {} });
    assert.deepEqual(series.find(({ name }) => name === 'loss')?.steps, [1, 2]);
  });

  test('a run that begins with a model made here is told of its files and gets them', async () => {
    const { id } = await submit('writer@1.0.0');
    const run = await runOf(id);
    const { spec, inputs } = (await run.ask('/run', { last_sequence: 0 })).body as {
      spec: { base_model: string };
      inputs: { path: string; sha256: string; bytes: number }[];
    };
    assert.equal(spec.base_model, `/shared/bob's runs/${id}/inputs/writer@1.0.0`);
    assert.deepEqual(
      inputs.map(({ path, bytes }) => [path, bytes]),
      [['inputs/writer@1.0.0/weights', 5_000_000]],
    );
    const sha256 = inputs[0]?.sha256 ?? '';
    assert.equal(
      createHash('sha256')
        .update(await run.bytes(`/run/inputs/${sha256}`))
        .digest('hex'),
      sha256,
    );
    const { status } = await run.ask(`/run/inputs/${'0'.repeat(64)}`);
    assert.equal(status, 404, 'nothing else of the server');
    await client.cancelJob({ params: { id } });
  });

  test('a token opens its own job and nothing else, and nobody else opens its routes', async () => {
    const [one, other] = [await submit(), await submit()];
    const run = await runOf(one.id);
    const token = `Bearer ${run.submission.runtime_env.env_vars.ATTUNE_JOB_TOKEN}`;
    const status = async (path: string, authorization: string, method = 'POST') => {
      const body = method === 'POST' ? { body: '{"events":[]}' } : {};
      const headers = { authorization, 'content-type': 'application/json' };
      return (await fetch(`${server.url}${path}`, { method, headers, ...body })).status;
    };
    assert.equal(await status(`/api/fine-tuning/jobs/${one.id}/run-events`, token), 200);
    assert.equal(await status(`/api/fine-tuning/jobs/${other.id}/run-events`, token), 403);
    assert.equal(await status(`/api/fine-tuning/jobs/${one.id}`, token, 'GET'), 403);
    assert.equal(await status('/api/fine-tuning/jobs', token, 'GET'), 403);
    const key = `Bearer ${server.localKey}`;
    assert.equal(await status(`/api/fine-tuning/jobs/${one.id}/run-events`, key), 403);
    assert.equal(await status(`/api/fine-tuning/jobs/${one.id}/run-events`, 'Bearer atj_guessed'), 401);
    for (const { id } of [one, other]) await client.cancelJob({ params: { id } });
  });

  test('a cancelled run hears of it, leaves its checkpoint, and goes on from there in another folder', async () => {
    const { id } = await submit();
    const first = await runOf(id);
    await first.report(started(1), loss(2, 1));
    await client.cancelJob({ params: { id } });
    assert.equal((await first.report()).body.goes_on, false);
    const checkpoint: RunEvent = { sequence: 3, at, type: 'checkpoint', step: 1, path: 'checkpoints/step-1' };
    await first.report(checkpoint, { sequence: 4, at, type: 'stopped', step: 1 });
    const job = await client.getJob({ params: { id } });
    assert.deepEqual([job.status, job.checkpoint_step], ['cancelled', 1]);

    await client.resumeJob({ params: { id } });
    await until(id, ({ status }) => status === 'validating');
    while ((await runOf(id)).submission === first.submission) await sleep(50);
    const second = await runOf(id);
    assert.equal((await first.report(loss(5, 9))).status, 401, 'an attempt before this one has no say');
    // The folder is gone: the count begins anew, and nothing of it is taken for known.
    assert.equal((await second.ask('/run', { last_sequence: 0 })).body.last_sequence, 0);
    assert.deepEqual((await second.report(started(1))).body, { last_sequence: 1, goes_on: true });
    await client.cancelJob({ params: { id } });
  });

  test('a run that Ray knows to be over without a last word is lost, and its log says why', async () => {
    const { id } = await submit();
    const run = await runOf(id);
    await run.report(started(1));
    ray.states.set(run.submission.submission_id, 'FAILED');
    const job = await until(id, ({ status }) => status === 'lost');
    assert.match(job.error_message ?? '', /Killed/);
    assert.match((await client.jobLog({ params: { id } })).text, /Killed/);
  });

  test('a cancelled run that waits for room on the cluster is taken off it', async () => {
    const { id } = await submit();
    const { submission_id } = (await runOf(id)).submission;
    ray.states.set(submission_id, 'PENDING');
    await client.cancelJob({ params: { id } });
    while (!ray.stopped.includes(submission_id)) await sleep(50);
  });

  test('a cluster that refuses fails the job with its words', async () => {
    ray.refuseNext('ValueError: no such resource');
    const { id } = await submit();
    const job = await until(id, ({ status }) => status === 'failed');
    assert.equal(job.failure_code, 'endpoint_unavailable');
    assert.match(job.error_message ?? '', /no such resource/);
  });
});
