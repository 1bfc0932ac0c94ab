import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { newId } from '../platform/ids.ts';
import { insertJob } from './job-store.ts';
import { demoSnapshot } from './testing/demo-snapshot.ts';
import { testOnEachDatabase } from './testing/each-database.ts';
import { openTestLearn, type TestLearn } from './testing/open-test-learn.ts';

const tiny = join(import.meta.dirname, '../../../../packages/reward/src/cross-encoder/testing/tiny.attune');
const all = demoSnapshot(60).map((row) => ({ ...row, split: 'train' as const }));
const questions = [...new Set(all.map(({ query }) => query))];

/** Ratings of the questions from one to another, all for training. */
function rowsOf(from: number, to: number) {
  const wanted = new Set(questions.slice(from, to));
  return all.filter(({ query }) => wanted.has(query));
}

/** A model as a run of the trainer leaves it: a job that is done and, where it scores, a place in the registry. */
async function made(it: TestLearn, name: string, dataset: string, base_model: string, scores = true) {
  const { sql } = it.platform.database;
  const id = newId();
  let model = `${name}@1.0.0`;
  if (scores) {
    const file = await readFile(tiny);
    const artifact = { sha256: await it.platform.blobs.put(file), bytes: file.byteLength };
    const known = {
      organization: it.organization,
      name,
      jobId: id,
      datasetId: dataset,
      baseModel: base_model,
    };
    const card = { recipe: 'reward', base_model };
    const registered = { ...known, card, metrics: {}, kind: 'reward' as const, artifact };
    model = (await it.models.registry().register(registered)).modelId;
  }
  const job = { id, organization: it.organization, dataset_id: dataset, base_model, model_name: name };
  const run = { provider: 'custom' as const, runner: 'local' as const, recipe: 'reward' as const };
  const done = { status: 'completed' as const, hyperparameters: '{}', resulting_model_id: model };
  await insertJob(sql, { ...job, ...run, ...done, created_at: new Date() }, []);
  return model;
}

await testOnEachDatabase(
  'a model is not measured on what the models that it was made from were trained on',
  async (kind) => {
    const it = await openTestLearn(kind);
    const frozen = (name: string, from: number, to: number) => it.freeze(name, { ratings: rowsOf(from, to) });
    const first = await made(it, 'first', await frozen('a', 0, 10), 'some/hub-model', false);
    const second = await made(it, 'second', await frozen('b', 10, 20), first);
    const third = await made(it, 'third', await frozen('c', 20, 30), second);
    const other = await made(it, 'other', await frozen('d', 30, 35), 'some/hub-model');

    const sent = all.map(({ query, response, rating }) => {
      return { user_prompt: query, ai_response: response, rating };
    });
    const excluded = async (model: string) =>
      (await it.call('evaluateModel', { body: { model, ratings: sent } })).excluded_training_queries;
    assert.equal(await excluded(second), rowsOf(0, 20).length);
    assert.equal(await excluded(third), rowsOf(0, 30).length);
    assert.equal(await excluded(other), rowsOf(30, 35).length);

    const onFirst = rowsOf(0, 10).map(({ query, response, rating }) => {
      return { user_prompt: query, ai_response: response, rating };
    });
    const leak = it.call('evaluateModel', { body: { model: third, ratings: onFirst } });
    await assert.rejects(leak, { code: 'not_enough_data' });

    const heldOut = all.map((row) => ({ ...row, split: 'validation' as const }));
    await it.freeze('held out', { ratings: heldOut });
    const blend = await it.call('blendModels', { body: { models: [third, other], dataset: 'held out' } });
    assert.equal(blend.excluded_training_queries, rowsOf(0, 35).length, 'of both models and theirs');
    // It was weighed on the rest.
    await assert.rejects(excluded(blend.model_id), { code: 'not_enough_data' });
  },
);

await testOnEachDatabase('a model made from one of which nothing is known is not measured', async (kind) => {
  const it = await openTestLearn(kind);
  const model = await made(it, 'orphan', await it.freeze('a', { ratings: rowsOf(0, 5) }), 'lost@1.0.0');
  const ratings = [{ user_prompt: 'Is it new?', ai_response: 'It is.', rating: 4 }];
  const measured = it.call('evaluateModel', { body: { model, ratings } });
  await assert.rejects(measured, { code: 'model_not_deployable', message: /lost@1\.0\.0/ });
});
