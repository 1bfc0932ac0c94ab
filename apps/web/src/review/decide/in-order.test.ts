import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InOrder } from './in-order.ts';

test('one after the other, also after one that failed', async () => {
  const line = new InOrder();
  const seen: string[] = [];
  const slow = Promise.withResolvers<void>();
  const first = line.run(async () => {
    await slow.promise;
    seen.push('first');
    throw new Error('refused');
  });
  const second = line.run(async () => {
    seen.push('second');
    return 2;
  });
  slow.resolve();
  await assert.rejects(first, /refused/);
  assert.equal(await second, 2);
  assert.deepEqual(seen, ['first', 'second']);
});
