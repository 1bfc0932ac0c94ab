import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, rmdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { AttuneError, type createJob, type JobEvent, type SentBy } from '@attune/contracts';
import { eventsOf, statusesIn } from '../testing/job-events.ts';
import { openTestLearn, type TestLearn } from '../testing/open-test-learn.ts';
import { storyModel, storyRatings } from '../testing/stories.ts';
import { testPython, trainerMissing } from '../testing/trainer-python.ts';
import { memoryKills } from './memory-kills.ts';
import { processIdentity } from './process-identity.ts';

const skip = await trainerMissing();
const small = { max_length: 64, batch_size: 8, threads: 1, warmup_steps: 0, checkpoint_every: 2 };

type Sent = Extract<SentBy<typeof createJob>['body'], { provider: 'custom' }>;

/** What a test sends for a run of supervised fine-tuning on the story model. */
function sft(dataset: string, hyperparameters: object, base_model = storyModel): Sent {
  return {
    provider: 'custom',
    recipe: 'sft',
    dataset,
    base_model,
    model_name: 'stories',
    hyperparameters: { ...small, ...hyperparameters },
  };
}

/** Follows a job until an event of that kind, or to its end. */
async function until(
  { fetch }: TestLearn,
  id: string,
  wanted: (event: JobEvent) => boolean,
): Promise<JobEvent[]> {
  const seen: JobEvent[] = [];
  for await (const event of eventsOf(await fetch('watchJob', { params: { id } }))) {
    seen.push(event);
    if (wanted(event)) break;
  }
  return seen;
}
const toItsEnd = () => false;

/** A server that runs jobs until the test ends, or is told to stop. */
async function runningReplica(t: TestContext, it: TestLearn): Promise<() => Promise<void>> {
  const { stop } = await it.replica(true);
  let stopped: Promise<void> | undefined;
  const once = () => {
    stopped ??= stop();
    return stopped;
  };
  t.after(once);
  return once;
}

test('a run of the trainer becomes a model in testing, with its files', { skip }, async (t) => {
  const it = await openTestLearn('pglite');
  await it.freeze('stories', { ratings: storyRatings(24) });
  await runningReplica(t, it);
  const { id, ...created } = await it.call('createJob', { body: sft('stories', { epochs: 1 }) });
  assert.deepEqual([created.status, created.provider, created.recipe], ['pending', 'custom', 'sft']);
  const events = await until(it, id, toItsEnd);
  const job = await it.call('getJob', { params: { id } });
  assert.equal(job.error_message, null);
  assert.deepEqual(statusesIn(events), ['pending', 'validating', 'training', 'completed']);
  assert.ok(events.some((event) => event.type === 'started' && event.resumed_from === null));
  assert.equal(events.at(-1)?.type, 'done');

  assert.equal(job.progress, 1);
  assert.ok(
    Number.isFinite(job.latest_metrics.loss) && job.checkpoint_step !== null && job.resources !== null,
  );
  const { series } = await it.call('jobMetrics', { params: { id } });
  const loss = series.find(({ name }) => name === 'loss');
  assert.ok(loss !== undefined);
  assert.equal(loss.values.at(-1), job.latest_metrics.loss);
  assert.deepEqual(
    loss.steps,
    loss.steps.toSorted((a, b) => a - b),
  );
  assert.match((await it.call('jobLog', { params: { id } })).text, /attempt/);

  const [model] = it.models.of(it.organization);
  assert.deepEqual([model?.modelId, model?.kind], [job.resulting_model_id, 'policy']);
  assert.equal(model?.card.recipe, 'sft');
  const { items } = await it.call('jobArtifacts', { params: { id } });
  const weights = items.find(({ name }) => name === 'model/model.safetensors');
  assert.ok(weights !== undefined);
  const sent = await it.fetch('downloadJobArtifact', { params: { id, sha256: weights.sha256 } });
  const bytes = Buffer.from(await sent.arrayBuffer());
  assert.equal(createHash('sha256').update(bytes).digest('hex'), weights.sha256);

  const again = sft('stories', { epochs: 0.1 }, job.resulting_model_id ?? '');
  const next = await it.call('createJob', { body: again });
  await until(it, next.id, toItsEnd);
  assert.equal((await it.call('getJob', { params: { id: next.id } })).status, 'completed', 'learns on');
  const unknown = it.call('createJob', { body: sft('stories', {}, 'stories@9.0.0') });
  await assert.rejects(unknown, { code: 'model_not_found' });
});

test('a model of the wrong kind for a recipe is refused before anything starts', { skip }, async (t) => {
  const it = await openTestLearn('pglite');
  await it.freeze('stories', { ratings: storyRatings(40) });
  await runningReplica(t, it);
  const begin = async (body: SentBy<typeof createJob>['body']) => {
    const { id } = await it.call('createJob', { body });
    await until(it, id, toItsEnd);
    const { resulting_model_id, error_message } = await it.call('getJob', { params: { id } });
    assert.equal(error_message, null);
    return resulting_model_id ?? assert.fail('it made no model');
  };
  const policy = await begin(sft('stories', { epochs: 1 }));
  const linear = await begin({ dataset: 'stories', hyperparameters: { recipe: 'plain' } });
  const refused = async (body: Sent, param: string, message: RegExp) =>
    await assert.rejects(
      it.call('createJob', { body }),
      (error) =>
        error instanceof AttuneError &&
        error.code === 'invalid_request' &&
        error.details.param === param &&
        message.test(error.message),
    );
  const from = { provider: 'custom', dataset: 'stories', model_name: 'next' } as const;
  await refused(sft('stories', {}, linear), 'base_model', /is a linear reward model.*sft needs a policy/);
  await refused(
    { ...from, recipe: 'reward', base_model: policy, hyperparameters: {} },
    'base_model',
    /is a policy.*reward needs a cross-encoder/,
  );
  const reward = { kind: 'local', model: policy } as const;
  await refused(
    { ...from, recipe: 'ppo', base_model: policy, hyperparameters: { reward } },
    'hyperparameters.reward.model',
    /is a policy.*needs a cross-encoder.*or a decoder/,
  );
  const decoder: Sent = {
    ...from,
    recipe: 'reward',
    base_model: policy,
    hyperparameters: { architecture: 'decoder' },
  };
  await it.call('createJob', { body: decoder });
});

test('a run that is never better than its base says so and registers no model', { skip }, async (t) => {
  const it = await openTestLearn('pglite');
  await it.freeze('stories', { ratings: storyRatings(24) });
  await runningReplica(t, it);
  const { id } = await it.call('createJob', { body: sft('stories', { epochs: 0.5, learning_rate: 1 }) });
  const events = await until(it, id, toItsEnd);
  const job = await it.call('getJob', { params: { id } });
  assert.deepEqual([job.status, job.resulting_model_id, job.error_message], ['completed', null, null]);
  assert.equal(job.training_metrics?.better_than_base, false);
  assert.ok(events.some((event) => event.type === 'log' && /No better than its base/.test(event.message)));
  assert.deepEqual(it.models.of(it.organization), []);
  const { items } = await it.call('jobArtifacts', { params: { id } });
  assert.ok(
    items.some(({ name }) => name === 'model/model.safetensors'),
    'its files stay',
  );
});

/** The process of a job's newest attempt. */
async function processOf(it: TestLearn, id: string): Promise<number> {
  const text = await readFile(join(it.runsFolder, id, 'process.json'), 'utf8');
  return (JSON.parse(text) as { pid: number }).pid;
}

const isCheckpoint = (event: JobEvent) => event.type === 'checkpoint';

test('a run outlives its server, is found dead, goes on from its checkpoint, and is cancelled', {
  skip,
}, async (t) => {
  const it = await openTestLearn('pglite');
  await it.freeze('stories', { ratings: storyRatings(24) });
  const stopOne = await runningReplica(t, it);
  const { id } = await it.call('createJob', { body: sft('stories', { epochs: 100, checkpoint_every: 20 }) });
  await until(it, id, isCheckpoint);
  const process_ = await processOf(it, id);
  await stopOne();
  assert.notEqual(await processIdentity(process_), null, 'the trainer goes on without a server');

  const stopTwo = await runningReplica(t, it);
  const before = (await it.call('getJob', { params: { id } })).latest_step ?? 0;
  await until(it, id, (event) => event.type === 'metrics' && event.step > before + 1);
  process.kill(process_, 'SIGKILL');
  const lost = await until(it, id, toItsEnd);
  assert.deepEqual(statusesIn(lost), ['pending', 'validating', 'training', 'lost']);
  const job = await it.call('getJob', { params: { id } });
  assert.match(job.error_message ?? '', /resume the job: it goes on from its checkpoint/);

  await it.call('resumeJob', { params: { id } });
  let starts = 0;
  const resumed = await until(it, id, (event) => {
    if (event.type === 'started') starts += 1;
    return starts === 2 && event.type === 'metrics';
  });
  const started = resumed.findLast((event) => event.type === 'started');
  assert.equal(started?.resumed_from, job.checkpoint_step);
  const second = await processOf(it, id);
  const cancelled = await it.call('cancelJob', { params: { id } });
  assert.equal(cancelled.status, 'cancelled');
  await stopTwo();
  assert.equal(await processIdentity(second), null, 'nothing goes on');
  const { checkpoint_step, actual_cost } = await it.call('getJob', { params: { id } });
  assert.ok(
    checkpoint_step !== null && job.checkpoint_step !== null && checkpoint_step >= job.checkpoint_step,
  );
  assert.ok((actual_cost ?? 0) > 0);
});

/** The story model with every weight not a number. */
async function modelOfNothing(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'attune-model-'));
  t.after(() => rm(folder, { recursive: true }));
  await cp(storyModel, folder, { recursive: true });
  const path = join(folder, 'model.safetensors');
  const weights = await readFile(path);
  weights.fill(0xff, 8 + Number(weights.readBigUInt64LE(0)));
  await writeFile(path, weights);
  return folder;
}

test('what goes wrong ends in a clear state and sentence', { skip }, async (t) => {
  const it = await openTestLearn('pglite', { mostRuns: 4 });
  const ratings = storyRatings(24);
  await it.freeze('stories', { ratings });
  await it.freeze('torn', {
    ratings: ratings.map((row, k) => (k === 5 ? { ...row, split: 'none' as 'train' } : row)),
  });
  await runningReplica(t, it);
  const run = async (body: Sent, meddle = async (_: string) => {}) => {
    const { id } = await it.call('createJob', { body });
    await meddle(id);
    await until(it, id, toItsEnd);
    const { status, failure_code, error_message } = await it.call('getJob', { params: { id } });
    return { status, failure_code, error_message: error_message ?? '' };
  };
  const long = { epochs: 100, checkpoint_every: 20 };
  const [unknown, torn, wild, late, silent] = await Promise.all([
    run(sft('stories', {}, '/nowhere/model')),
    run(sft('torn', {})),
    run(sft('stories', {}, await modelOfNothing(t))),
    run({ ...sft('stories', long), max_hours: 0.001 }),
    run(sft('stories', long), async (id) => {
      await until(it, id, isCheckpoint);
      process.kill(-(await processOf(it, id)), 'SIGSTOP');
    }),
  ]);
  assert.deepEqual([unknown.status, unknown.failure_code], ['failed', 'unknown_model']);
  assert.match(unknown.error_message, /\/nowhere\/model/);
  assert.deepEqual([torn.status, torn.failure_code], ['failed', 'invalid_data']);
  assert.match(torn.error_message, /Line 6 /);
  assert.deepEqual([wild.status, wild.failure_code], ['failed', 'not_finite']);
  assert.deepEqual([late.status, late.failure_code], ['failed', 'time_limit']);
  assert.equal(silent.status, 'lost');
});

test('a budget that is crossed while a run goes on stops it, with its checkpoint', { skip }, async (t) => {
  const it = await openTestLearn('pglite', { hourlyCost: 1000 });
  await it.freeze('stories', { ratings: storyRatings(24) });
  await it.call('setBudget', { body: { limit: 100 } });
  await runningReplica(t, it);
  const long = sft('stories', { epochs: 100, checkpoint_every: 20 });
  const refused = it.call('createJob', { body: { ...long, max_hours: 1 } });
  await assert.rejects(refused, { code: 'budget_exceeded' });
  const { id } = await it.call('createJob', { body: { ...long, max_hours: 0.05 } });
  await until(it, id, isCheckpoint);
  // Money that goes elsewhere: what the run has cost until now is already too much.
  await it.call('setBudget', { body: { limit: 0.001 } });
  await until(it, id, toItsEnd);
  const job = await it.call('getJob', { params: { id } });
  assert.deepEqual([job.status, job.failure_code], ['failed', 'budget_exceeded']);
  assert.match(job.error_message ?? '', /raise the budget and resume/);
  assert.ok(job.checkpoint_step !== null && (job.actual_cost ?? 0) > 0.001);
  await assert.rejects(it.call('resumeJob', { params: { id } }), { code: 'budget_exceeded' });
});

/**
 * A Python that runs a job in a control group with less memory than torch needs; a text that says why there can be
 * none. Where the kernel does not kill in such a group, or counts it elsewhere, nobody could tell such a run's end.
 */
async function narrowPython(t: TestContext): Promise<{ python: string } | string> {
  const own = /^0::\/?(.*)$/m.exec(await readFile('/proc/self/cgroup', 'utf8').catch(() => ''))?.[1] ?? '';
  const name = `attune-test-${process.pid}`;
  const kinds = [
    { folder: `/sys/fs/cgroup/memory/${name}`, limit: 'memory.limit_in_bytes' },
    { folder: join('/sys/fs/cgroup', own, name), limit: 'memory.max' },
  ];
  for (const { folder, limit } of kinds) {
    if (!existsSync(join(dirname(folder), 'cgroup.procs'))) continue;
    try {
      await mkdir(folder);
      t.after(() => rmdir(folder));
      await writeFile(join(folder, limit), String(48 << 20));
    } catch {
      return 'this user may not make control groups';
    }
    const python = join(await mkdtemp(join(tmpdir(), 'attune-')), 'python');
    t.after(() => rm(dirname(python), { recursive: true }));
    const enter = `case "$*" in *" run "*) echo $$ > ${folder}/cgroup.procs ;; esac`;
    await writeFile(python, `#!/bin/sh\n${enter}\nexec ${testPython} "$@"\n`, { mode: 0o755 });
    const before = await memoryKills();
    const { signal } = spawnSync(python, ['-c', 'bytearray(200 << 20)', ' run ']);
    const counted = ((await memoryKills()) ?? 0) > (before ?? Number.POSITIVE_INFINITY);
    return signal === 'SIGKILL' && counted ? { python } : 'the kernel does not kill here, or does not tell';
  }
  return 'there are no control groups for memory';
}

test('a run that the kernel kills for lack of memory says so', { skip }, async (t) => {
  const narrow = await narrowPython(t);
  if (typeof narrow === 'string') return t.skip(narrow);
  const it = await openTestLearn('pglite', narrow);
  await it.freeze('stories', { ratings: storyRatings(24) });
  await runningReplica(t, it);
  const { id } = await it.call('createJob', { body: sft('stories', {}) });
  await until(it, id, toItsEnd);
  const { status, failure_code, error_message } = await it.call('getJob', { params: { id } });
  assert.deepEqual([status, failure_code], ['failed', 'out_of_memory'], error_message ?? '');
});

test('without the trainer a job is refused with what to do', async () => {
  const it = await openTestLearn('pglite', { python: '/nowhere/python' });
  await it.freeze('stories', { ratings: storyRatings(4) });
  await assert.rejects(it.call('createJob', { body: sft('stories', {}) }), { code: 'trainer_missing' });
});
