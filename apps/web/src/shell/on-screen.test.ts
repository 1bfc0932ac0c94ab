import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OnScreen } from './on-screen.ts';

test('watchers hear of what comes and goes', () => {
  const names = new OnScreen<string>();
  const seen: (readonly string[])[] = [];
  const stop = names.watch(() => seen.push(names.all()));
  const remove = names.add('a');
  names.add('b');
  remove();
  stop();
  names.add('c');
  assert.deepEqual(seen, [['a'], ['a', 'b'], ['b']]);
});
