import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createChatsStore } from './chats-store.ts';

test('what happens in one conversation leaves the others as they are', () => {
  const store = createChatsStore();
  const other = store.chatOf('b');
  let told = 0;
  const stop = store.subscribe(() => {
    told += 1;
  });
  assert.equal(store.isOpen('a'), false);
  store.tell('a', { type: 'asked', key: 'k', parent: null, question: 'How?' });
  assert.equal(store.isOpen('a'), true);
  assert.equal(store.chatOf('a').turns[0]?.question, 'How?');
  assert.equal(store.chatOf('b'), other);
  stop();
  store.tell('a', { type: 'stopped', key: 'k' });
  assert.equal(told, 1);
});
