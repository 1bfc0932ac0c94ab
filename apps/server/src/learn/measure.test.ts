import assert from 'node:assert/strict';
import { test } from 'node:test';
import { measure, type ScoredRating } from './measure.ts';

// Worked by hand: two questions, each with a good and a bad answer; the model errs on the second.
const ratings: ScoredRating[] = [
  { query: 'One?', response: 'aaaa', rating: 5, reward: 0.9 },
  { query: 'one', response: 'b', rating: 1, reward: 0.2 },
  { query: 'Two?', response: 'cc', rating: 4, reward: 0.4 },
  { query: 'Two?', response: 'dddddd', rating: 2, reward: 0.6 },
];

const close = (value: number | null | undefined, expected: number) => {
  assert.ok(typeof value === 'number' && Math.abs(value - expected) < 1e-9, `${value} is not ${expected}`);
};

test('every metric of rated answers, worked by hand', () => {
  const metrics = measure(ratings, [], 1);
  assert.equal(metrics.n, 4);
  assert.equal(metrics.queries, 2);
  close(metrics.accuracy?.value, 0.5);
  close(metrics.auc?.value, 3 / 4);
  close(metrics.pair_accuracy?.value, 0.5);
  close(metrics.mse?.value, 0.07375);
  close(metrics.mae?.value, 0.25);
  close(metrics.pearson?.value, 0.3 / Math.sqrt(0.2675 * 0.625));
  close(metrics.ece, 0.375);
  close(metrics.length_correlation, 0.8);
  close(metrics.best_of_n?.mean_rating.value, 3.5);
  close(metrics.best_of_n?.random.value, 3);
  close(metrics.best_of_n?.oracle.value, 4.5);
  close(metrics.best_of_n?.gap_closed.value, 1 / 3);
});

test('the baselines stand beside them', () => {
  const { baselines } = measure(ratings, [], 1);
  close(baselines.majority.accuracy?.value, 0.5);
  close(baselines.length.auc?.value, 0.5);
  close(baselines.length.pair_accuracy?.value, 0.5);
  close(baselines.length.best_of_n?.value, 3.5);
});

test('intervals count questions, not rows, and contain the value', () => {
  const many = Array.from({ length: 60 }, (_, k) =>
    ratings.map((row) => ({ ...row, query: `${row.query} ${k}`, reward: row.reward + (k % 2 ? 0 : 0.1) })),
  ).flat();
  const { accuracy, queries } = measure(many, [], 1);
  assert.equal(queries, 120);
  assert.equal(accuracy?.n, 120);
  const [low, high] = accuracy?.ci ?? [];
  assert.ok(typeof low === 'number' && typeof high === 'number' && low < high && low > 0.4 && high < 0.8);
});

test('two ratings of one answer count as one answer where answers are compared', () => {
  const twice = measure(
    [
      { query: 'q', response: 'a', rating: 5, reward: 0.7 },
      { query: 'q', response: 'a', rating: 2, reward: 0.7 },
      { query: 'q', response: 'b', rating: 4, reward: 0.3 },
    ],
    [],
    1,
  );
  close(twice.best_of_n?.mean_rating.value, 3.5);
  close(twice.best_of_n?.oracle.value, 4);
  close(twice.pair_accuracy?.value, 0);
  // The first is not good (3.5 stars) at a reward of .7, the second is at .3.
  close(twice.ece, 0.7);
});

test('pairs alone say nothing about ratings', () => {
  const side = (reward: number, length: number) => ({ reward, length });
  const metrics = measure(
    [],
    [
      { query: 'a', chosen: side(0.8, 10), rejected: side(0.3, 90) },
      { query: 'b', chosen: side(0.6, 50), rejected: side(0.2, 20) },
      { query: 'c', chosen: side(0.1, 70), rejected: side(0.4, 60) },
    ],
    1,
  );
  assert.equal(metrics.n, 3);
  close(metrics.pair_accuracy?.value, 2 / 3);
  close(metrics.baselines.length.pair_accuracy?.value, 2 / 3);
  assert.equal(metrics.accuracy, null);
  assert.equal(metrics.auc, null);
  assert.equal(metrics.ece, null);
  assert.equal(metrics.best_of_n, null);
  assert.equal(metrics.baselines.majority.accuracy, null);
});

test('one class has no AUC; one question has a value and no bounds', () => {
  const metrics = measure([{ query: 'q', response: 'a', rating: 5, reward: 0.7 }], [], 1);
  assert.equal(metrics.auc, null);
  assert.deepEqual(metrics.accuracy, { value: 1, ci: [null, null], n: 1 });
});
