import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { RewardHyperparameters } from '@attune/contracts';
import { evaluateRewardModel } from './evaluate-reward-model.ts';
import { demoSnapshot, modelsFolder, trainingMissing } from './testing/demo-snapshot.ts';
import { trainRewardModel } from './train-reward-model.ts';
import type { TrainingNews, TrainingRow } from './training-task.ts';

const plain: RewardHyperparameters = {
  recipe: 'plain',
  embedder: 'static',
  seed: 1,
  length_controlled: false,
};
const attune: RewardHyperparameters = { ...plain, recipe: 'attune' };

function train(hyperparameters: RewardHyperparameters, rows: TrainingRow[], told: TrainingNews[] = []) {
  const dataset = { id: 'd', name: 'demo', contentHash: 'hash' };
  return trainRewardModel(
    { hyperparameters, modelsFolder, dataset, codeVersion: '1.2.3' },
    rows,
    (news) => void told.push(news),
  );
}

describe('a training run on part of the demo corpus', { skip: trainingMissing }, () => {
  test('gives the same bytes for the same rows and seed, others for another seed', async () => {
    const rows = demoSnapshot(40);
    const [one, two, other] = [
      await train(attune, rows),
      await train(attune, rows),
      await train({ ...attune, seed: 2 }, rows),
    ];
    assert.deepEqual(one.artifact, two.artifact);
    assert.notDeepEqual(one.artifact, other.artifact);
  });

  test('is measured on held-out questions only, and beats the longest answer there', async () => {
    const { metrics, card } = await train(attune, demoSnapshot(150));
    assert.equal(metrics?.queries, 30);
    assert.equal(metrics?.n, 180);
    const [model, longest] = [metrics.pair_accuracy?.value, metrics.baselines.length.pair_accuracy?.value];
    assert.ok(typeof model === 'number' && typeof longest === 'number' && model > longest);
    assert.equal(card.training_queries, 120);
    assert.equal(card.data_hash, 'hash');
    assert.equal(card.code_version, '1.2.3');
  });

  test('does not learn from the validation split', async () => {
    const rows = demoSnapshot(40);
    const flipped = rows.map((row) => (row.split === 'train' ? row : { ...row, rating: 6 - row.rating }));
    assert.deepEqual((await train(attune, rows)).artifact, (await train(attune, flipped)).artifact);
  });

  test('tells how far it is', async () => {
    const told: TrainingNews[] = [];
    await train(plain, demoSnapshot(40), told);
    const stages = told.flatMap((news) => (news.type === 'progress' ? [news.stage] : []));
    assert.deepEqual([...new Set(stages)], ['training', 'evaluating']);
    assert.ok(told.some((news) => news.type === 'metric' && news.name === 'validation_auc'));
  });

  test('tells how far it is while it fits, and counts every text that it reads', async () => {
    const told: TrainingNews[] = [];
    await train(attune, demoSnapshot(40), told);
    const progress = told.filter((news) => news.type === 'progress');
    assert.deepEqual([...new Set(progress.map(({ stage }) => stage))], ['training', 'fitting', 'evaluating']);
    for (const name of ['training', 'fitting', 'evaluating']) {
      const last = progress.findLast(({ stage }) => stage === name);
      assert.equal(last?.done, last?.total, name);
    }
  });

  test('of the plain recipe learns from all of the training split and is measured on the other', async () => {
    const rows = demoSnapshot(40);
    const { card } = await train(plain, rows);
    const held = rows.filter((row) => row.split === 'validation');
    assert.equal(card.measured_on, `${held.length} of ${rows.length} samples held out by query`);
    const unsplit = rows.map((row) => ({ ...row, split: 'train' as const }));
    assert.match(String((await train(plain, unsplit)).card.measured_on), /^24 of 240 samples/);
  });

  test('is length-controlled where that is asked for, and says so in the card', async () => {
    const rows = demoSnapshot(60);
    const { card } = await train({ ...attune, length_controlled: true }, rows);
    assert.equal(card.length_controlled, true);
    assert.deepEqual(card.hyperparameters, { ...attune, length_controlled: true });
    assert.equal((await train(attune, rows)).card.length_controlled, false);
  });

  test('does not count what the ratings say twice', async () => {
    const rows: TrainingRow[] = demoSnapshot(40);
    const first = rows[0];
    const other = rows[2];
    assert.ok(first?.type === 'rating' && other?.type === 'rating');
    const pair = {
      type: 'pair' as const,
      split: 'train' as const,
      query: first.query,
      chosen: first.response,
      rejected: other.response,
      strength: 1,
      feedback_ids: [],
    };
    const own = await train(attune, rows);
    const derived = await train(attune, [...rows, { ...pair, method: 'direct' }]);
    const manual = await train(attune, [...rows, { ...pair, method: 'manual' }]);
    assert.deepEqual(derived.artifact, own.artifact);
    assert.notDeepEqual(manual.artifact, own.artifact);
  });

  test('refuses too few ratings with a code', async () => {
    await assert.rejects(train(attune, demoSnapshot(5)), { code: 'too_few_samples' });
    await assert.rejects(train(plain, demoSnapshot(5)), { code: 'too_few_samples' });
  });
});

describe('an evaluation', { skip: trainingMissing }, () => {
  test('leaves out and counts the rows whose question was trained on', async () => {
    const rows = demoSnapshot(40);
    const { artifact, trainingQueries, metrics } = await train(attune, rows);
    const given = rows.map(({ query, response, rating }) => ({
      type: 'rating' as const,
      query: query.toUpperCase(),
      response,
      rating,
    }));
    const { excluded, measured } = await evaluateRewardModel(
      { artifact, modelsFolder, trainingQueries },
      given,
    );
    assert.equal(excluded, rows.filter((row) => row.split === 'train').length);
    assert.equal(measured?.metrics.n, rows.length - excluded);
    assert.equal(measured.metrics.queries, metrics?.queries);
  });

  test('has nothing to say when every question was trained on', async () => {
    const { artifact, trainingQueries } = await train(plain, demoSnapshot(40));
    const rows = demoSnapshot(4).map(({ query, response, rating }) => {
      return { type: 'rating' as const, query, response, rating };
    });
    const result = await evaluateRewardModel({ artifact, modelsFolder, trainingQueries }, rows);
    assert.deepEqual(result, { excluded: rows.length, measured: null });
  });

  test('refuses a damaged file with a code', async () => {
    const { artifact, trainingQueries } = await train(plain, demoSnapshot(40));
    const damaged = artifact.with(artifact.length - 40, 1 + (artifact.at(-40) ?? 0));
    const rows = [{ type: 'rating' as const, query: 'new?', response: 'a', rating: 4 }];
    await assert.rejects(evaluateRewardModel({ artifact: damaged, modelsFolder, trainingQueries }, rows), {
      code: 'model_damaged',
    });
  });
});
