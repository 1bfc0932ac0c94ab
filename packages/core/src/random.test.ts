import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chiSquareTail, seededRandom, shuffled } from './index.ts';

test('the same seed gives the same numbers, another seed others', () => {
  const draw = (seed: number) => Array.from({ length: 5 }, seededRandom(seed));
  assert.deepEqual(draw(7), draw(7));
  assert.notDeepEqual(draw(7), draw(8));
});

test('numbers spread evenly over [0, 1)', () => {
  const random = seededRandom(1);
  const counts = new Array<number>(20).fill(0);
  for (let k = 0; k < 20_000; k++) counts[Math.floor(random() * 20)]! += 1;
  const chiSquare = counts.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
  assert.ok(chiSquareTail(chiSquare, 19) > 0.001, `chi-square ${chiSquare}`);
});

test('every order of three items comes up about equally often', () => {
  const random = seededRandom(3);
  const counts = new Map<string, number>();
  for (let k = 0; k < 6000; k++) {
    const order = shuffled(['a', 'b', 'c'], random).join('');
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
  assert.equal(counts.size, 6);
  assert.ok(chiSquareTail(chiSquare, 5) > 0.001, `chi-square ${chiSquare}`);
});

test('shuffling leaves its input alone', () => {
  const items = [1, 2, 3, 4];
  assert.deepEqual(shuffled(items, seededRandom(5)).sort(), [1, 2, 3, 4]);
  assert.deepEqual(items, [1, 2, 3, 4]);
});
