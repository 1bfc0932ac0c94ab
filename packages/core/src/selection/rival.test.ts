import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawRival } from './rival.ts';

const ids = Array.from({ length: 20_000 }, (_, n) => `answer-${n}`);

/** Whether a count lies within four standard errors of n·p. */
function near(count: number, n: number, p: number): boolean {
  return Math.abs(count - n * p) < 4 * Math.sqrt(n * p * (1 - p));
}

test('offers the share that is asked for, each rival and side alike often', () => {
  const drawn = ids.flatMap((id) => drawRival(id, ['a', 'b', 'c'], 0.2) ?? []);
  assert.ok(near(drawn.length, ids.length, 0.2));
  for (const id of ['a', 'b', 'c']) {
    assert.ok(near(drawn.filter((rival) => rival.id === id).length, drawn.length, 1 / 3), id);
  }
  assert.ok(near(drawn.filter(({ shown }) => shown === 'left').length, drawn.length, 0.5));
  const leftOfA = drawn.filter(({ id }) => id === 'a');
  assert.ok(near(leftOfA.filter(({ shown }) => shown === 'left').length, leftOfA.length, 0.5));
  for (const { propensity } of drawn) assert.ok(Math.abs(propensity - 0.2 / 3) < 1e-12);
});

test('none without rivals or at a share of 0, always at 1, and the same again', () => {
  assert.equal(drawRival('x', [], 1), null);
  for (const id of ids.slice(0, 1000)) {
    assert.equal(drawRival(id, ['a'], 0), null);
    assert.deepEqual(drawRival(id, ['a'], 1), drawRival(id, ['a'], 1));
    assert.equal(drawRival(id, ['a'], 1)?.id, 'a');
  }
});
