import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { loadStaticEmbedder } from '../embed/static-embedder.ts';
import { isSlowModel, loadRewardScorer } from '../model/load-reward-scorer.ts';
import { serialiseModel } from '../model/model-file.ts';
import { trainPlain } from '../train/plain.ts';
import { serialiseBlend } from './blend-file.ts';
import { type BothScored, blendedLogit, chooseBlend, crossFittedBlends } from './choose-blend.ts';

const ROOT = join(import.meta.dirname, '../../../..');

/** 60 questions with a good and a bad answer; model 0 knows the first half's order, model 1 the other half's. */
function halves(rated: boolean): BothScored {
  const groups = Array.from({ length: 60 }, (_, at) => String(at));
  const logitsOf = (at: number, good: boolean) => {
    const lead = good ? 1 : -1;
    return at % 2 === 0 ? ([3 + 2 * lead, 0.1 * (at % 3)] as const) : ([3, 10 * lead] as const);
  };
  return {
    answers: groups.flatMap((group, at) =>
      [true, false].map((good) => ({
        group,
        logits: logitsOf(at, good),
        ...(rated && { rating: good ? 5 : 1 }),
      })),
    ),
    pairs: groups.map((group, at) => ({ group, better: logitsOf(at, true), worse: logitsOf(at, false) })),
  };
}

test('two models that know different things share, whatever the size of their logits', () => {
  const rows = halves(true);
  const blend = chooseBlend(rows);
  assert.ok(blend.weight > 0.3 && blend.weight < 0.7, String(blend.weight));
  const leads = rows.pairs.map(
    ({ better, worse }) => blendedLogit(blend, better) - blendedLogit(blend, worse),
  );
  assert.ok(leads.every((lead) => lead > 0));
  for (const { logits, rating } of rows.answers) assert.equal(blendedLogit(blend, logits) > 0, rating === 5);
});

test('without ratings a blend keeps the mean and spread of its models', () => {
  const rows = halves(false);
  const blend = chooseBlend(rows);
  const logits = rows.answers.map((answer) => blendedLogit(blend, answer.logits));
  const mean = logits.reduce((sum, logit) => sum + logit, 0) / logits.length;
  const second = rows.answers.map((answer) => answer.logits[1]);
  const expected =
    blend.weight * 3 + (1 - blend.weight) * (second.reduce((a, b) => a + b, 0) / second.length);
  assert.ok(Math.abs(mean - expected) < 1e-9, `${mean} is not ${expected}`);
});

test('a group’s blend is chosen without the group', () => {
  const rows = halves(true);
  const before = crossFittedBlends(rows, 5, 1);
  const turned: BothScored = {
    ...rows,
    pairs: rows.pairs.map((pair) =>
      pair.group === '7' ? { ...pair, better: pair.worse, worse: pair.better } : pair,
    ),
  };
  const after = crossFittedBlends(turned, 5, 1);
  assert.deepEqual(after.get('7'), before.get('7'));
  assert.equal(before.size, 60);
  assert.ok(new Set([...before.values()].map((blend) => JSON.stringify(blend))).size > 1);
});

test('a blend’s file scores as its two models together', async () => {
  const embedder = await loadStaticEmbedder(join(ROOT, 'models/minilm-static-256'));
  const ratings = Array.from({ length: 60 }, (_, at) => ({
    query: `Question ${at}?`,
    response: at % 2 === 0 ? `A clear answer, number ${at}.` : `no idea ${at}`,
    rating: at % 2 === 0 ? 5 : 1,
  }));
  const linear = serialiseModel(await trainPlain(ratings, embedder, { seed: 1 }));
  const encoder = await readFile(join(import.meta.dirname, '../cross-encoder/testing/tiny.attune'));
  const blend = { coefficients: [0.5, 2] as const, intercept: -0.25 };
  const file = serialiseBlend({ models: [linear, encoder], ...blend });
  assert.ok(isSlowModel(file));

  const given = async () => embedder;
  const scorers = await Promise.all([linear, encoder, file].map((each) => loadRewardScorer(each, given)));
  const responses = ['A clear answer.', 'no idea'];
  const [one, other, both] = await Promise.all(
    scorers.map((scorer) => scorer.score({ query: 'Why?' }, responses)),
  );
  both?.forEach((score, at) => {
    const expected = 0.5 * (one?.[at]?.logit ?? 0) + 2 * (other?.[at]?.logit ?? 0) - 0.25;
    assert.ok(Math.abs(score.logit - expected) < 1e-9);
    assert.ok(Math.abs(score.reward - 1 / (1 + Math.exp(-expected))) < 1e-12);
    assert.deepEqual(Object.keys(score.dimensions ?? {}), ['clarity', 'safety']);
  });
  for (const scorer of scorers) await scorer.close();

  const torn = Uint8Array.from(file);
  torn[torn.length - 40] = (torn[torn.length - 40] ?? 0) ^ 1;
  await assert.rejects(loadRewardScorer(torn, given), { code: 'model_damaged' });
});
