import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parentsOf } from './branches.ts';

function turn(response_id: string, last_said: string | null, parent_response_id: string | null = null) {
  return { response_id, selected_response: `${response_id}!`, last_said, parent_response_id };
}

function parents(...turns: ReturnType<typeof turn>[]) {
  return Object.fromEntries(parentsOf(turns));
}

test('a client that sends the conversation along needs to name nothing', () => {
  // a, then b; b asked again after a (b2), and the first question put otherwise (c)
  const tree = parents(turn('a', null), turn('b', 'a!'), turn('b2', 'a!'), turn('c', null), turn('d', 'b!'));
  assert.deepEqual(tree, { a: null, b: 'a', b2: 'a', c: null, d: 'b' });
});

test('what the client names counts', () => {
  assert.deepEqual(parents(turn('a', null), turn('b', 'a!'), turn('c', 'b!', 'a')), {
    a: null,
    b: 'a',
    c: 'a',
  });
});

test('an answer that the client changed before it went on is the one before', () => {
  assert.deepEqual(parents(turn('a', null), turn('b', 'a, edited')), { a: null, b: 'a' });
});

test('of answers with the same words it is the latest', () => {
  const same = (id: string, last: string | null) => ({ ...turn(id, last), selected_response: 'Yes.' });
  assert.deepEqual(parents(same('a', null), same('b', 'Yes.'), same('c', 'Yes.')), {
    a: null,
    b: 'a',
    c: 'b',
  });
});
