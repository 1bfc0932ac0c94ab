import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Embedder } from '../embed/embedder.ts';
import { loadStaticEmbedder } from '../embed/static-embedder.ts';
import { RewardError, type RewardErrorCode } from '../errors.ts';
import { evaluateModel } from '../evaluate/evaluate-model.ts';
import { parseModel, readModelCard, serialiseModel } from '../model/model-file.ts';
import { trainAttune } from './attune.ts';
import { crossValidate } from './cross-validate.ts';
import { trainPlain } from './plain.ts';
import type { PreferenceSample, RatedSample } from './samples.ts';

const ROOT = new URL('../../../../', import.meta.url);

const lineSchema = z.object({
  question: z.string(),
  answers: z.array(z.object({ text: z.string(), ratings: z.array(z.number()) })),
});

/** Every third question of the demo corpus: all three regions, 143 questions. */
const corpus = readFileSync(new URL('demo/feedbackqa.jsonl', ROOT), 'utf8')
  .trim()
  .split('\n')
  .filter((_, index) => index % 3 === 0)
  .map((line) => lineSchema.parse(JSON.parse(line)));

const ratings: RatedSample[] = corpus.flatMap(({ question, answers }) =>
  answers.flatMap(({ text, ratings: stars }) =>
    stars.map((rating) => ({ query: question, response: text, rating })),
  ),
);

const pairs: PreferenceSample[] = corpus.flatMap(({ question, answers }) =>
  answers.flatMap((a) =>
    answers.flatMap((b) => {
      const lead = (a.ratings[0]! + a.ratings[1]! - b.ratings[0]! - b.ratings[1]!) / 8;
      return lead > 0 ? [{ query: question, chosen: a.text, rejected: b.text, strength: lead }] : [];
    }),
  ),
);

const refusedAs = (code: RewardErrorCode) => (error: unknown) =>
  error instanceof RewardError && error.code === code;

let embedder: Embedder;
before(async () => {
  embedder = await loadStaticEmbedder(fileURLToPath(new URL('models/minilm-static-256', ROOT)));
});

describe('Attune’s recipe on unseen questions', () => {
  const options = { seed: 1, folds: 3, resamples: 100 };

  test('beats random, longest and the plain recipe by a wide margin', async () => {
    const attune = (await crossValidate({ ratings }, embedder, { ...options, recipe: 'attune' })).metrics;
    const plain = (await crossValidate({ ratings }, embedder, { ...options, recipe: 'plain' })).metrics;
    const delivered = attune.best_of_n!.mean_rating.value;
    assert.ok(delivered > attune.best_of_n!.random.value + 0.4);
    assert.ok(delivered > attune.baselines.longest_of_n!.value + 0.2);
    assert.ok(delivered > plain.best_of_n!.mean_rating.value + 0.3);
    assert.ok(attune.auc!.value > attune.baselines.length_auc!.value + 0.05);
    assert.ok(attune.accuracy!.value > attune.baselines.majority_accuracy!.value);
    assert.ok(attune.calibration!.expected_error < 0.1);
    assert.equal(attune.n.responses, 3 * corpus.length);
  });

  test('learns from comparisons alone', async () => {
    const { metrics } = await crossValidate({ pairs }, embedder, { ...options, recipe: 'attune' });
    assert.ok(metrics.pair_accuracy!.value > metrics.baselines.length_pair_accuracy!.value + 0.05);
    assert.equal(metrics.auc, null);
  });

  test('one canned answer under many other questions leaves rewards that mean something', async () => {
    const response = 'I am here to help you with your questions about health.';
    const canned = Array.from({ length: 70 }, (_, n) => ({
      query: `Who is number ${n} of you?`,
      response,
      rating: 4,
    }));
    const { metrics } = await crossValidate({ ratings: [...ratings, ...canned] }, embedder, {
      ...options,
      recipe: 'attune',
    });
    assert.ok(metrics.auc!.value > 0.6, `AUC ${metrics.auc!.value}`);
    assert.ok(metrics.pair_accuracy!.value > 0.65, `pair accuracy ${metrics.pair_accuracy!.value}`);
    assert.ok(metrics.calibration!.expected_error < 0.15, `ECE ${metrics.calibration!.expected_error}`);
  });

  test('learns where every query has one answer only', async () => {
    const single = corpus.flatMap(({ question, answers }, index) => {
      const { text, ratings: stars } = answers[index % 3]!;
      return [{ query: question, response: text, rating: stars[0]! }];
    });
    const { metrics } = await crossValidate({ ratings: single }, embedder, { ...options, recipe: 'attune' });
    assert.ok(metrics.auc!.value > 0.6);
  });

  test('a query is never scored by a model that saw it, and every answer is scored once', async () => {
    const { scores } = await crossValidate({ ratings }, embedder, { ...options, recipe: 'attune' });
    assert.equal(scores.length, 3 * corpus.length);
    const foldsOf = Map.groupBy(scores, ({ query }) => query);
    for (const held of foldsOf.values()) assert.equal(new Set(held.map(({ fold }) => fold)).size, 1);
  });

  test('the length-controlled variant does not reward length', async () => {
    const free = await trainAttune({ ratings }, embedder, { seed: 1, resamples: 20 });
    const controlled = await trainAttune({ ratings }, embedder, {
      seed: 1,
      resamples: 20,
      lengthControlled: true,
    });
    const correlation = controlled.card.metrics.length_correlation!.value;
    assert.ok(Math.abs(correlation) < 0.15, `${correlation}`);
    assert.ok(correlation < free.card.metrics.length_correlation!.value);
    assert.ok(controlled.card.length_controlled);
  });
});

describe('a trained model', () => {
  const options = { seed: 7, dataHash: 'abc', resamples: 20 };
  const query = 'Do I need a mask on the bus?';
  const responses = ['Face coverings are required on buses.', '', 'Grants are taxable.', '長い回答'];

  test('is the same for the same seed, to the byte', async () => {
    const [a, b] = [
      await trainAttune({ ratings, pairs }, embedder, options),
      await trainAttune({ ratings, pairs }, embedder, options),
    ];
    assert.deepEqual(serialiseModel(a), serialiseModel(b));
  });

  test('tells how far its fitting is', async () => {
    const told: [number, number][] = [];
    await trainAttune({ ratings }, embedder, { ...options, onFit: (done, of) => told.push([done, of]) });
    assert.deepEqual(
      told,
      Array.from({ length: 8 }, (_, fit) => [fit + 1, 8]),
    );
  });

  test('reads a text once, also where several questions have the same answer', async () => {
    const [passage] = corpus[0]!.answers;
    const shared = ratings.map((sample, row) =>
      row % 60 === 0 ? { ...sample, response: passage!.text } : sample,
    );
    let read = 0;
    const counting: Embedder = {
      ...embedder,
      encode: (texts) => {
        read += texts.length;
        return embedder.encode(texts);
      },
    };
    const model = await trainAttune({ ratings: shared }, counting, options);
    const distinct = new Set([
      ...shared.map(({ query }) => query),
      ...shared.map(({ response }) => response),
    ]);
    assert.equal(read, distinct.size);
    assert.equal(model.card.data.ratings, ratings.length);
  });

  test('prefers the relevant answer, stays within 0–1 and scores each answer by itself', async () => {
    const model = await trainAttune({ ratings }, embedder, options);
    const scores = await model.score(query, responses);
    assert.ok(scores[0]!.reward > scores[2]!.reward);
    for (const [index, score] of scores.entries()) {
      assert.ok(score.reward > 0 && score.reward < 1);
      assert.ok(Math.abs(score.reward - 1 / (1 + Math.exp(-score.logit))) < 1e-12);
      assert.deepEqual(await model.score(query, [responses[index]!]), [score]);
    }
    assert.deepEqual(await model.score(query, []), []);
  });

  test('has a head per rated dimension', async () => {
    const rated = ratings.map((sample) => ({
      ...sample,
      dimensions: { accuracy: sample.rating, clarity: sample.response.length > 1000 ? 1 : 5 },
    }));
    const model = await trainAttune({ ratings: rated }, embedder, options);
    assert.deepEqual(model.card.heads, ['overall', 'accuracy', 'clarity']);
    const texts = corpus.flatMap(({ answers }) => answers.map(({ text }) => text));
    const byLength = texts.sort((x, y) => x.length - y.length);
    const [short, long] = await model.score(query, [byLength[40]!, byLength.at(-40)!]);
    assert.ok(short!.dimensions!.clarity! > 0.5 && long!.dimensions!.clarity! < 0.5);
    assert.equal(short!.dimensions!.safety, undefined);
  });

  for (const recipe of ['attune', 'plain'] as const) {
    test(`${recipe}: survives its file with the same scores and card, in less than 50 kB`, async () => {
      const model =
        recipe === 'plain'
          ? await trainPlain(ratings, embedder, options)
          : await trainAttune({ ratings }, embedder, options);
      const file = serialiseModel(model);
      const restored = parseModel(file, embedder);
      assert.ok(file.length < 50_000);
      assert.deepEqual(await restored.score(query, responses), await model.score(query, responses));
      assert.deepEqual(readModelCard(file), JSON.parse(JSON.stringify(model.card)));
      assert.deepEqual(serialiseModel(restored), file);
    });
  }

  test('a damaged, foreign, newer or mismatched file is refused by name', async () => {
    const file = serialiseModel(await trainPlain(ratings, embedder, options));
    for (const at of [20, file.length >> 1, file.length - 1]) {
      const broken = Buffer.from(file);
      broken[at] = broken[at]! ^ 1;
      assert.throws(() => parseModel(broken, embedder), refusedAs('model_damaged'));
    }
    assert.throws(() => parseModel(file.subarray(0, -1), embedder), refusedAs('model_damaged'));
    assert.throws(() => parseModel(Buffer.alloc(0), embedder), refusedAs('model_damaged'));
    assert.throws(
      () => parseModel(Buffer.from('PK\x03\x04'.repeat(99)), embedder),
      refusedAs('model_damaged'),
    );
    const newer = Buffer.from(file);
    newer.writeUInt32LE(2, 8);
    assert.throws(() => parseModel(newer, embedder), refusedAs('model_version_unknown'));
    const other = { ...embedder, id: 'another@000000000000' };
    assert.throws(() => parseModel(file, other), refusedAs('embedder_mismatch'));
  });

  test('its card carries what a reader needs to trust it', async () => {
    const { card } = await trainAttune({ ratings }, embedder, options);
    assert.equal(card.data_hash, 'abc');
    assert.equal(card.embedder, embedder.id);
    assert.deepEqual(card.data, { ratings: 858, pairs: 0, responses: 429, queries: 143 });
    const [low, high] = card.metrics.auc!.ci;
    assert.ok(low < card.metrics.auc!.value && card.metrics.auc!.value < high);
    assert.ok(card.metrics.baselines.majority_accuracy!.value >= 0.5);
    assert.ok(card.metrics.calibration!.bins.length > 1);
    assert.notEqual(card.metrics.length_correlation, null);
  });

  test('evaluation on other questions agrees with its card', async () => {
    const half = (keep: number) =>
      ratings.filter(
        ({ query: asked }) => corpus.findIndex(({ question }) => question === asked) % 2 === keep,
      );
    const model = await trainAttune({ ratings: half(0) }, embedder, options);
    assert.match(model.card.measured_on, /settings and calibration were chosen on the same folds/);
    const unseen = await evaluateModel(model, { ratings: half(1) }, { seed: 1, resamples: 100 });
    assert.ok(Math.abs(unseen.auc!.value - model.card.metrics.auc!.value) < 0.12);
  });
});

describe('the plain recipe', () => {
  test('holds out 12 % of the samples and reports accuracy and AUC on them', async () => {
    const { card } = await trainPlain(ratings, embedder, { seed: 1, resamples: 20 });
    assert.equal(card.measured_on, '102 of 858 samples held out by query');
    assert.ok(card.metrics.accuracy !== null && card.metrics.auc !== null);
  });

  test('trains on everything and measures on what is given for it', async () => {
    const isHeld = ({ query }: RatedSample) =>
      corpus.findIndex(({ question }) => question === query) % 5 === 0;
    const [held, train] = [ratings.filter(isHeld), ratings.filter((sample) => !isHeld(sample))];
    const options = { seed: 1, resamples: 20 };
    const model = await trainPlain(train, embedder, { ...options, heldOut: held });
    assert.equal(model.card.measured_on, `${held.length} of 858 samples held out by query`);
    assert.equal(model.card.data.ratings, train.length);
    const measured = await evaluateModel(model, { ratings: held }, options);
    assert.ok(Math.abs(measured.auc!.value - model.card.metrics.auc!.value) < 1e-6);
    const flipped = held.map((sample) => ({ ...sample, rating: 6 - sample.rating }));
    const other = await trainPlain(train, embedder, { ...options, heldOut: flipped });
    assert.deepEqual(other.parameters, model.parameters);
  });

  test('refuses fewer than 50 rated samples', async () => {
    await assert.rejects(
      trainPlain(ratings.slice(0, 49), embedder, { seed: 1 }),
      refusedAs('too_few_samples'),
    );
  });
});

describe('bad input is refused by name', () => {
  const sample = { query: 'q', response: 'r', rating: 3 };
  const train = (samples: { ratings?: RatedSample[]; pairs?: PreferenceSample[] }) =>
    trainAttune(samples, embedder, { seed: 1 });

  test('ratings, dimensions, weights and strengths out of range', async () => {
    for (const bad of [
      { ...sample, rating: 0 },
      { ...sample, rating: Number.NaN },
      { ...sample, dimensions: { clarity: 6 } },
      { ...sample, weight: 0 },
    ])
      await assert.rejects(train({ ratings: [bad] }), refusedAs('bad_sample'));
    const pair = { query: 'q', chosen: 'a', rejected: 'b', strength: 2 };
    await assert.rejects(train({ pairs: [pair] }), refusedAs('bad_sample'));
  });

  test('too few answers, and answers that all have one rating', async () => {
    await assert.rejects(train({ ratings: [sample] }), refusedAs('too_few_samples'));
    await assert.rejects(train({}), refusedAs('too_few_samples'));
    const same = ratings.map((row) => ({ ...row, rating: 4 }));
    await assert.rejects(train({ ratings: same }), refusedAs('one_class_only'));
    await assert.rejects(trainPlain(same, embedder, { seed: 1 }), refusedAs('one_class_only'));
  });
});
