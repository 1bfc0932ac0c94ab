import assert from 'node:assert/strict';
import { test } from 'node:test';
import { freeKey, keyOf, optionsOfLines } from './options-of-lines.ts';

test('keys are made of titles in any script', () => {
  assert.equal(keyOf('Too long!'), 'too-long');
  assert.equal(keyOf('Độ chính xác'), 'do-chinh-xac');
  assert.equal(keyOf('明確'), 'option');
  assert.equal(freeKey('better', new Set(['better', 'better-2'])), 'better-3');
});

test('an option whose title stayed keeps its key; no two have the same', () => {
  const before = [{ key: 'old-key', title: 'Clarity', description: 'Is it clear?' }];
  assert.deepEqual(optionsOfLines('Tone\n\n Clarity \nTone', before), [
    { key: 'tone', title: 'Tone' },
    { key: 'old-key', title: 'Clarity', description: 'Is it clear?' },
    { key: 'tone-2', title: 'Tone' },
  ]);
});
