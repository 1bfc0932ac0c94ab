import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inParallel } from './in-parallel.ts';

const later = () => new Promise((resolve) => setTimeout(resolve, 20));

test('results keep the order of the items, and no more than the width are under way', async () => {
  let underWay = 0;
  let most = 0;
  const doubled = await inParallel([5, 4, 3, 2, 1], 2, async (item) => {
    most = Math.max(most, ++underWay);
    await later();
    underWay -= 1;
    return item * 2;
  });
  assert.deepEqual([doubled, most], [[10, 8, 6, 4, 2], 2]);
});

test('a failure is told when what was begun has ended, and nothing is begun after it', async () => {
  const begun: number[] = [];
  const ended: number[] = [];
  const work = async (item: number) => {
    begun.push(item);
    if (item === 1) throw new Error('one');
    await later();
    ended.push(item);
  };
  await assert.rejects(inParallel([1, 2, 3, 4, 5], 3, work), { message: 'one' });
  assert.deepEqual(
    [begun, ended],
    [
      [1, 2, 3],
      [2, 3],
    ],
  );
});
