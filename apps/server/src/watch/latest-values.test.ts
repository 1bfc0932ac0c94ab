import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LatestValues } from './latest-values.ts';

test('a slow reader gets the newest value only', async () => {
  const values = new LatestValues<number>(() => undefined);
  values.push(1);
  values.push(2);
  assert.deepEqual(await values.next(), { value: 2, done: false });
  const waiting = values.next();
  values.push(3);
  assert.deepEqual(await waiting, { value: 3, done: false });
});

test('ends for a reader that is waiting, and tells once', async () => {
  let left = 0;
  const values = new LatestValues<number>(() => left++);
  const waiting = values.next();
  await values.return();
  await values.return();
  values.push(1);
  assert.equal((await waiting).done, true);
  assert.equal((await values.next()).done, true);
  assert.equal(left, 1);
});
