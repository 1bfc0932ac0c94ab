import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { type AttuneClient, createClient } from '@attune/sdk';
import { readCorpus } from '../apps/server/src/cli/demo/corpus.ts';
import { firstLook } from '../apps/server/src/cli/demo/first-look.ts';
import { DEMO_MARK, DEMO_METHOD, demoDatasets } from '../apps/server/src/platform/demo/demo-marks.ts';
import { databases } from './harness/databases.ts';
import { startProcess } from './harness/server-process.ts';
import { tempFolder } from './harness/temp-folder.ts';

const QUESTION = 'How long is quarantine?';

/** Asks and rates, under a session; as the demo does when the session carries its mark. */
async function visit(client: AttuneClient, url: string, session_id: string): Promise<void> {
  const messages = [{ role: 'user' as const, content: QUESTION }];
  const answer = await client.chatCompletions({
    body: { model: 'recorded', messages, attune: { session_id, threshold: 0 } },
  });
  const { response_id, feedback_token } = answer.attune;
  await createClient({ url, apiKey: feedback_token }).giveFeedback({ body: { response_id, rating: 4 } });
}

/** What `attune demo` brings, in small: answers, ratings, a data set, a model that has traffic. */
async function loadDemo(client: AttuneClient, url: string): Promise<void> {
  await client.markDemo({ body: { state: 'loading' } });
  const answers = [{ text: 'Ten days.' }, { text: 'It is ten days long.' }].map((answer) => ({
    ...answer,
    generation_method: DEMO_METHOD,
  }));
  await client.addRecordedAnswers({ body: { items: [{ query: QUESTION, answers }] } });
  await visit(client, url, `${DEMO_MARK}0-0`);
  const rows = (await readCorpus()).slice(0, 40).flatMap(({ question, answers: candidates }) =>
    candidates.flatMap(({ text, ratings }) =>
      ratings.map((rating, person) => ({
        user_prompt: question,
        ai_response: text,
        rating,
        user_id: `${DEMO_MARK}rater-${person}`,
      })),
    ),
  );
  await client.importRatings({ body: { rows: rows.map((data, index) => ({ line: index + 1, data })) } });
  const dataset = await client.prepareDataset({ body: { name: demoDatasets.all, person_cap: 1 } });
  const job = await client.createJob({ body: { dataset: dataset.id, model_name: 'demo' } });
  const model = await trained(client, job.id);
  await client.deployModel({ params: { id: model }, body: { full: true } });
  const feedback = (await client.listFeedback({ query: { limit: 200 } })).items.map(({ id }) => id);
  const asked = Array.from({ length: 4 }, () => ({ question: QUESTION }));
  await firstLook(client, url, asked, feedback);
  // As a run does that takes up one that was interrupted: nothing comes twice.
  await firstLook(client, url, asked, feedback);
  await client.markDemo({ body: { state: 'loaded' } });
}

async function trained(client: AttuneClient, id: string): Promise<string> {
  for (;;) {
    const { resulting_model_id, status, error_message } = await client.getJob({ params: { id } });
    if (resulting_model_id !== null) return resulting_model_id;
    if (['failed', 'cancelled'].includes(status)) throw new Error(`${status}: ${error_message}`);
    await sleep(50);
  }
}

/** Everything that removing the demo could touch. */
async function everything(client: AttuneClient) {
  const query = {};
  const { answers, feedback, versions } = await client.liveCounters();
  return {
    counters: { answers, feedback, versions: versions.map(({ reward_model }) => reward_model) },
    feedback: (await client.listFeedback({ query })).items.map(({ session_id }) => session_id),
    datasets: (await client.listDatasets({ query })).items.map(({ name }) => name),
    models: (await client.listModels({ query })).items.map(({ model_id }) => model_id),
    ramps: (await client.listRamps({ query })).items.length,
  };
}

async function blobsIn(data: string): Promise<string[]> {
  const entries = await readdir(join(data, 'blobs'), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
    .sort();
}

test('the demo is loaded from the page into an empty organisation, and nowhere else', async (t) => {
  const server = await startProcess(await tempFolder());
  t.after(() => server.stop());
  const { client, url } = server;
  const begun = await client.loadDemo();
  assert.deepEqual([begun.state, begun.progress?.stage], ['loading', 'candidates']);
  // Pressed again by somebody else: nothing begins twice.
  assert.equal((await client.loadDemo()).started_at, begun.started_at);
  const stages = new Set<string>();
  for (;;) {
    const { state, progress, failed } = await client.getDemo();
    assert.equal(failed, false);
    if (state === 'loaded') break;
    if (progress !== null) stages.add(progress.stage);
    await sleep(100);
  }
  assert.ok(stages.has('ask') && stages.has('ship'), [...stages].join());
  const { models, feedback, ramps } = await everything(client);
  assert.equal(models.length, 1);
  assert.ok(feedback.length > 0 && ramps > 0);
  assert.deepEqual(
    (await client.listKeys({ query: {} })).items.filter(({ name }) => name === 'Loading the demo'),
    [],
    'its key is gone',
  );
  const removed = await client.removeDemo();
  assert.equal(removed.models, 1);
  const answers = [{ text: 'Ten days.' }, { text: 'It is ten days long.' }];
  await client.addRecordedAnswers({ body: { items: [{ query: QUESTION, answers }] } });
  await visit(client, url, 'my-session');
  await assert.rejects(client.loadDemo(), { code: 'organization_not_empty' });
});

for (const database of databases) {
  test(`the demo goes, what people did themselves stays, on ${database.name}`, async (t) => {
    const prepared = await database.prepare();
    if ('missing' in prepared) return t.skip(prepared.missing);
    const data = await tempFolder();
    const server = await startProcess(data, prepared.settings);
    t.after(() => server.stop());
    const { client, url } = server;
    assert.equal((await client.getDemo()).state, 'none');

    const before = await blobsIn(data);
    await loadDemo(client, url);
    assert.ok((await blobsIn(data)).length > before.length, 'data set, model and its questions are files');
    assert.ok((await client.listPairs({ query: { free: 'true' } })).items.length > 0);
    assert.equal((await client.getDemo()).state, 'loaded');
    // People's own: a question that the demo has too, and a data set that has the name of the demo's.
    await visit(client, url, 'my-session');
    await client.createDataset({ body: { name: demoDatasets.fold(1) } });

    const removed = await client.removeDemo();
    assert.deepEqual([removed.answers, removed.datasets, removed.models], [5, 1, 1]);
    assert.ok(removed.pairs > 0, 'pairs made of its feedback go too');
    assert.deepEqual((await client.listPairs()).items, []);
    assert.ok(removed.feedback > 100, String(removed.feedback));
    const left = await everything(client);
    assert.deepEqual(left.feedback, ['my-session']);
    assert.deepEqual(left.datasets, [demoDatasets.fold(1)]);
    assert.deepEqual([left.models, left.ramps], [[], 0]);
    assert.deepEqual([left.counters.answers, left.counters.feedback], [1, 1]);
    assert.equal((await client.getDemo()).state, 'none');
    assert.deepEqual(await blobsIn(data), before);

    const again = await client.removeDemo();
    assert.deepEqual(Object.values(again), [0, 0, 0, 0, 0]);
    assert.deepEqual(await everything(client), left);
  });
}
