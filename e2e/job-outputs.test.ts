/** What runs hand to people: samples to judge, AI preferences to review. The test speaks for the runs. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Endpoints, JudgedSamples, RunEvent, SentBy } from '@attune/contracts';
import { createClient } from '@attune/sdk';
import { readConfig } from '../apps/server/src/config.ts';
import { hasTrainer, trainerPython } from '../apps/server/src/trainer-home.ts';
import { attune } from './harness/command.ts';
import { databases, type TestDatabase } from './harness/databases.ts';
import { startFakeRay } from './harness/fake-ray.ts';
import { RemoteRun } from './harness/remote-run.ts';
import { prepareCorpus } from './harness/reward-model.ts';
import { startProcess } from './harness/server-process.ts';
import { tempFolder } from './harness/temp-folder.ts';

const at = '2026-01-01T00:00:00.000Z';
const python = trainerPython(readConfig(process.env));
const noTrainer = (await hasTrainer(python)) ? false : `${python} has no trainer: ./attune trainer install`;
const storyModel = join(import.meta.dirname, '../trainer/tests/fixtures/stories260K-hf');

/** A server that hands its jobs to a cluster which is the test; null when the database is missing. */
async function openScene(t: TestContext, database: TestDatabase) {
  const prepared = await database.prepare();
  if ('missing' in prepared) return void t.skip(prepared.missing);
  const ray = await startFakeRay();
  const folder = await tempFolder();
  const server = await startProcess(folder, { ...prepared.settings, ATTUNE_RAY_URL: ray.url });
  t.after(async () => {
    await server.stop();
    await ray.close();
  });
  const dataset = await prepareCorpus(server.client, 'corpus', 16);
  const begin = async (body: SentBy<Endpoints['createJob']>['body']) => {
    const { id } = await server.client.createJob({ body });
    for (;;) {
      const submission = ray.submitted.find(({ entrypoint }) => entrypoint.includes(`--job ${id}`));
      if (submission === undefined) await sleep(50);
      else {
        const run = new RemoteRun(server, id, submission);
        await run.ask('/run', { last_sequence: 0 });
        const versions = { python: '3.11' };
        const facts = {
          protocol: 1,
          trainer_version: '0',
          recipe: 'any',
          device: 'cpu',
          process: 1,
        } as const;
        await run.report({ sequence: 1, at, type: 'started', ...facts, resumed_from: null, versions });
        return { id, run };
      }
    }
  };
  return { ...server, folder, dataset, begin };
}

async function until<T>(read: () => Promise<T>, wanted: (value: T) => boolean): Promise<T> {
  for (;;) {
    const value = await read();
    if (wanted(value)) return value;
    await sleep(200);
  }
}

function sample(sequence: number, step: number, prompt: string, reference: string | null): RunEvent {
  const response = `${prompt} At step ${step} they were happy.`;
  return { sequence, at, type: 'sample', step, prompt, response, reward: step / 10, reference };
}

for (const database of databases) {
  test(`samples of a policy's run are judged blind, each pair once (${database.name})`, async (t) => {
    const scene = await openScene(t, database);
    if (scene === undefined) return;
    const { client, dataset } = scene;
    const body = {
      provider: 'custom',
      runner: 'ray',
      recipe: 'ppo',
      dataset,
      base_model: 'm',
      model_name: 'stories',
    } as const;
    const reward = { kind: 'local', model: 'r' } as const;
    const { id, run } = await scene.begin({
      ...body,
      hyperparameters: { reward },
      judge_samples: { most: 5 },
    });
    const standing = () => client.judgedSamples({ params: { id } });
    assert.deepEqual(await standing(), { ...nothing, project_id: null });

    const [tom, mia] = ['Tom went out.', 'Mia slept.'];
    const context = 'user: Who is Mia?\nassistant: A cat.';
    const ofMia = (sequence: number, step: number) => ({ ...sample(sequence, step, mia, null), context });
    await run.report(sample(2, 10, tom, `${tom} He was sad.`), ofMia(3, 10));
    await until(standing, ({ pairs }) => pairs === 1);
    // Told again after a lost answer, and again at a later step; what is written alike makes no pair.
    const same = { ...sample(4, 20, tom, null), reference: `${tom} At step 20 they were happy.` };
    await run.report(sample(2, 10, tom, `${tom} He was sad.`), same, ofMia(5, 20));
    const { project_id } = await until(standing, ({ pairs }) => pairs === 2);
    for (let step = 3; step < 9; step += 1)
      await run.report(sample(step + 3, 10 * step, tom, `${tom} He was sad.`));
    await run.report({ sequence: 12, at, type: 'done', report: {} });
    await until(standing, ({ pairs }) => pairs === 5);

    const params = { id: project_id ?? '' };
    const { items } = await client.listJudgingItems({ params, query: { limit: 100 } });
    assert.equal(items.length, 5, 'no more than the job asks for');
    assert.ok(items.every(({ source }) => source.kind === 'run' && source.id?.startsWith(`${id}/`)));
    const fromMia = items.find(({ query }) => query === mia);
    assert.equal(fromMia?.context, context, 'judges see what was said before the question');
    assert.deepEqual(
      fromMia?.responses.map(({ model }) => model),
      ['stories, step 20', 'stories, step 10'],
    );

    const { key, id: judge } = await client.createKey({ body: { name: 'judge', role: 'rater' } });
    await client.updateJudgingProject({ params, body: { judges: [judge], status: 'running' } });
    await judgeAll(createClient({ url: scene.url, apiKey: key }), params.id, /step 20|happy/);
    const judged = await standing();
    assert.deepEqual([judged.judged, judged.wins, judged.losses], [5, 5, 0]);
    assert.deepEqual([judged.win_rate?.value, judged.win_rate?.n], [1, 2], 'by question');
  });

  test(`AI preferences come into review as a model's, and count as nobody's (${database.name})`, async (t) => {
    const scene = await openScene(t, database);
    if (scene === undefined) return;
    const { client, dataset } = scene;
    const before = await client.liveCounters();
    const overview = await client.getOverview({ query: { days: 7 } });
    const model = { base_model: 'm', model_name: 'kind' };
    const asked = { provider: 'custom', runner: 'ray', recipe: 'constitutional', dataset, ...model } as const;
    const hyperparameters = { url: 'http://127.0.0.1:9/v1', model: 'judge-7b' };
    const byHand = await scene.begin({ ...asked, hyperparameters });
    await handIn(byHand.run, [preference(1), preference(2)]);
    await until(
      () => client.getJob({ params: { id: byHand.id } }),
      ({ status }) => status === 'completed',
    );
    const mine = () => client.listFeedback({ query: { source: 'model' } });
    assert.deepEqual((await mine()).items, [], 'nothing comes unasked');
    const first = await attune(['import-preferences', byHand.id, '--data', scene.folder, '--json']);
    assert.deepEqual(JSON.parse(first.stdout), { imported: 2, already_there: 0 });
    const again = await client.importPreferences({ params: { id: byHand.id } });
    assert.deepEqual(again, { imported: 0, already_there: 2 });

    const byItself = await scene.begin({
      ...asked,
      model_name: 'b',
      hyperparameters,
      import_preferences: true,
    });
    await handIn(byItself.run, [preference(3)]);
    const { items } = await until(mine, (page) => page.items.length === 3);
    assert.ok(items.every(({ status, source }) => status === 'pending' && source === 'model'));
    const queue = await client.reviewQueue({ query: { source: 'model' } });
    assert.equal(queue.items.length, 3);

    const newest = items.find(({ query }) => query === 'Question 3?');
    const { upstream } = await client.getLineage({ params: { kind: 'feedback', id: newest?.id ?? '' } });
    assert.ok(upstream.some(({ kind, id }) => kind === 'job' && id === byItself.id));
    const { downstream } = await client.getLineage({ params: { kind: 'job', id: byItself.id } });
    assert.ok(downstream.some(({ kind, id }) => kind === 'feedback' && id === newest?.id));

    assert.equal((await client.liveCounters()).feedback, before.feedback);
    assert.deepEqual((await client.getOverview({ query: { days: 7 } })).now.feedback, overview.now.feedback);
    const ids = items.map(({ id }) => id);
    await client.bulkUpdateFeedback({ body: { ids, patch: { status: 'approved' } } });
    assert.equal((await client.liveCounters()).feedback, before.feedback, 'nor once it was reviewed');
    const rule = { name: 'r', trigger: { ratings: 10 }, training: {}, paused: true };
    const { id } = await client.createRetrainingRule({ body: rule });
    assert.equal((await client.dryRunRetraining({ params: { id } })).ratings, 0);

    const missing = client.importPreferences({ params: { id: '01940000-0000-7000-8000-000000000000' } });
    await assert.rejects(missing, { code: 'job_not_found' });
  });
}

const nothing: Omit<JudgedSamples, 'project_id'> = {
  ...{ pairs: 0, judged: 0, wins: 0, ties: 0, losses: 0, both_bad: 0 },
  win_rate: null,
};

/** Votes for the response that matches, on every item; it must be told from the other by its text alone. */
async function judgeAll(
  client: ReturnType<typeof createClient>,
  project: string,
  better: RegExp,
): Promise<void> {
  for (;;) {
    const { tasks } = await client.nextToJudge({ query: { project } });
    const [task] = tasks;
    if (task === undefined) return;
    const said = task.responses;
    assert.ok(said.every((response) => !('model' in response)));
    const chosen =
      said.find(({ text }) => text.includes('step 20')) ?? said.find(({ text }) => better.test(text));
    const answers = { better: { kind: 'pairwise' as const, choice: chosen?.key ?? '', strength: 2 } };
    await client.judge({ params: { id: task.id }, body: { answers } });
  }
}

function preference(n: number) {
  return {
    ...{ type: 'pair', split: 'train', query: `Question ${n}?`, chosen: `Kind answer ${n}.` },
    ...{
      rejected: `Rude answer ${n}.`,
      strength: 1,
      source: 'model',
      model: 'judge-7b',
      principle: 'kindness',
    },
    votes: { in_order: 'first', swapped: 'second' },
  };
}

/** Uploads preferences as the recipe leaves them, and ends the run. */
async function handIn(run: RemoteRun, rows: readonly object[]): Promise<void> {
  const file = Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  const sha256 = createHash('sha256').update(file).digest('hex');
  await run.ask(`/artifacts/${sha256}/upload?offset=0&total=${file.length}`, file);
  const name = 'data/preferences.jsonl';
  const facts = { kind: 'data', name, path: `artifacts/${name}`, sha256, bytes: file.length } as const;
  await run.report({ sequence: 2, at, type: 'artifact', ...facts });
  await run.report({ sequence: 3, at, type: 'done', report: { preferences: rows.length } });
}

test('a policy that the trainer makes here brings its own samples before judges', {
  skip: noTrainer,
}, async (t) => {
  const server = await startProcess(await tempFolder(), { ATTUNE_TRAINER_PYTHON: python });
  t.after(() => server.stop());
  const { client } = server;
  const dataset = await prepareCorpus(client, 'corpus', 16);
  const hyperparameters = { max_length: 64, batch_size: 4, threads: 1, learning_rate: 0.01, epochs: 1 };
  const recipe = {
    provider: 'custom',
    recipe: 'sft',
    base_model: storyModel,
    model_name: 'stories',
  } as const;
  const { id } = await client.createJob({ body: { ...recipe, dataset, hyperparameters, judge_samples: {} } });
  const { pairs, project_id } = await until(
    () => client.judgedSamples({ params: { id } }),
    (standing) => standing.pairs > 0,
  );
  assert.ok(pairs <= 4, 'one for each question that it answers');
  const { items } = await client.listJudgingItems({ params: { id: project_id ?? '' }, query: {} });
  assert.match(items[0]?.responses[0]?.model ?? '', /^stories, step \d+$/);
  assert.equal(items[0]?.responses[1]?.model, 'stories, before training');
});
