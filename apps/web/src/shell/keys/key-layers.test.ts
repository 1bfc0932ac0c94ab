import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findKey, type KeyLayer } from './key-layers.ts';

test('the newest layer that knows a key has it', () => {
  const done: string[] = [];
  const action = (name: string) => ({ says: name, does: () => void done.push(name) });
  const page: KeyLayer = { title: 'page', actions: { a: action('page a'), b: action('page b') } };
  const part: KeyLayer = { title: 'part', actions: { a: action('part a') } };

  findKey([page, part], 'a')?.does();
  findKey([page, part], 'b')?.does();
  findKey([page], 'a')?.does();

  assert.deepEqual(done, ['part a', 'page b', 'page a']);
  assert.equal(findKey([page], 'toString'), null);
});
