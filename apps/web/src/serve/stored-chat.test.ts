import assert from 'node:assert/strict';
import { test } from 'node:test';
import { afterEvent, newChat } from './chat.ts';
import { loadChat, storeChat } from './stored-chat.ts';

function memory(text: string | null = null) {
  let kept = text;
  return {
    getItem: () => kept,
    setItem: (_: string, value: string) => {
      kept = value;
    },
  };
}

test('a conversation survives a reload; an answer that was being written has stopped', () => {
  const storage = memory();
  const asked = afterEvent(newChat('s'), { type: 'asked', key: '1', question: 'How?' });
  storeChat(storage, afterEvent(asked, { type: 'wrote', key: '1', text: 'Wash', responseId: 'r' }));
  const loaded = loadChat(storage);
  assert.equal(loaded?.sessionId, 's');
  assert.equal(loaded?.turns[0]?.answer, 'Wash');
  assert.equal(loaded?.turns[0]?.state, 'stopped');
});

test('what cannot be read is no conversation', () => {
  for (const text of [null, '', '{', 'null', '[]', '{"sessionId":"s"}', '{"sessionId":"s","turns":[{}]}']) {
    assert.equal(loadChat(memory(text)), null, String(text));
  }
});

test('a full storage does not stop the conversation', () => {
  const full = {
    setItem: () => {
      throw new Error('QuotaExceededError');
    },
  };
  assert.doesNotThrow(() => storeChat(full, newChat('s')));
});
