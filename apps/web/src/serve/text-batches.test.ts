import assert from 'node:assert/strict';
import { test } from 'node:test';
import { textBatches } from './text-batches.ts';

test('pieces between two frames come together; the last ones need no frame', () => {
  const taken: string[] = [];
  const frames: (() => void)[] = [];
  const batches = textBatches(
    (text) => taken.push(text),
    (task) => frames.push(task),
  );
  batches.add('a');
  batches.add('b');
  assert.deepEqual([taken, frames.length], [[], 1]);
  frames[0]?.();
  batches.add('c');
  batches.flush();
  assert.deepEqual(taken, ['ab', 'c']);
  frames[1]?.();
  assert.deepEqual(taken, ['ab', 'c']);
});
