import assert from 'node:assert/strict';
import { test } from 'node:test';
import { share } from './pii/shares.ts';
import { pii } from './pii.ts';

const outcome = (good: boolean, cluster: string) => ({ good, cluster });

test('texts that were made alike do not make a share more certain', () => {
  const alike = share(Array.from({ length: 400 }, (_, n) => outcome(n % 4 < 2, String(n % 4))));
  const apart = share(Array.from({ length: 400 }, (_, n) => outcome(n % 4 < 2, String(n))));
  assert.deepEqual([alike.value, alike.n, apart.value, apart.n], [0.5, 4, 0.5, 400]);
  assert.ok(alike.ci[1] - alike.ci[0] > 5 * (apart.ci[1] - apart.ci[0]));
});

test('what always succeeds is not said to be certain', () => {
  const { value, ci, n } = share([outcome(true, 'a'), outcome(true, 'a'), outcome(true, 'b')]);
  assert.deepEqual([value, n, ci[1]], [1, 2, 1]);
  assert.ok(ci[0] < 0.4);
  assert.ok(share([outcome(false, 'a')]).ci[1] > 0.5);
});

test('our own sentences hold what is found in them, and most of what they hold is found', async () => {
  const { sets, wrong } = await pii();
  const all = sets[0]?.figures.find(({ kind }) => kind === 'all');
  assert.ok((all?.recall.value ?? 0) > 0.9);
  assert.deepEqual(wrong, []);
});
