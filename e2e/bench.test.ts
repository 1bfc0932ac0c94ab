import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { attune } from './harness/command.ts';

const Estimate = z.object({ value: z.number(), ci: z.tuple([z.number(), z.number()]), n: z.number() });
const Quality = z.object({
  corpus: z.object({ questions: z.number(), answers: z.number(), ratings: z.number() }),
  rows: z.array(
    z.object({
      recipe: z.string(),
      embedder: z.enum(['static', 'minilm']),
      mean_rating: Estimate,
      pair_accuracy: Estimate,
      auc: Estimate,
      length_correlation: Estimate,
    }),
  ),
  baselines: z.object({ random: Estimate, longest: Estimate, oracle: Estimate }),
  mappings: z.array(z.object({ stars: z.string(), random: Estimate, longest: Estimate, oracle: Estimate })),
});

test('bench quality compares both recipes with both embedders on questions they never saw', async () => {
  const outcome = await attune(['bench', 'quality', '--rows', '60', '--json']);
  assert.equal(outcome.code, 0, outcome.stderr);
  const { corpus, rows, baselines, mappings } = Quality.parse(JSON.parse(outcome.stdout));
  assert.deepEqual(corpus, { questions: 60, answers: 180, ratings: 360 });
  assert.equal(new Set(rows.map(({ recipe, embedder }) => `${recipe}, ${embedder}`)).size, 6);
  for (const { recipe, mean_rating, pair_accuracy, length_correlation } of rows) {
    assert.ok(mean_rating.value < baselines.oracle.value);
    if (recipe === 'plain recipe') continue;
    assert.ok(mean_rating.value > baselines.random.value, recipe);
    assert.ok(pair_accuracy.value > 0.6, recipe);
    if (recipe.includes('length')) assert.ok(Math.abs(length_correlation.value) < 0.3);
  }
  assert.deepEqual(mappings[0]?.random.value, baselines.random.value);
});

test('a bench that does not exist is refused with those that do', async () => {
  const outcome = await attune(['bench', 'nothing', '--json']);
  assert.notEqual(outcome.code, 0);
  assert.match(outcome.stderr, /There is no benchmark nothing.*quality/s);
});
