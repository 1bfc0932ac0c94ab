import assert from 'node:assert/strict';
import { test } from 'node:test';
import { degradedTexts, flawText, methodText } from './answer-words.ts';
import { text } from './text.ts';

const { did, account } = text.en;

test('flaws are said in words, unknown ones as they are', () => {
  assert.equal(flawText('below_threshold', did.flaws), 'below the threshold');
  assert.equal(flawText('coherence:truncated', did.flaws), 'breaks off');
  assert.equal(flawText('toxicity:insult_found', did.flaws), 'toxicity: insult found');
  assert.equal(flawText('toString', did.flaws), 'toString');
});

test('each reason for a lesser answer is a sentence', () => {
  assert.deepEqual(degradedTexts(null, account.degraded), []);
  const texts = degradedTexts('candidates_late,scoring_timeout', account.degraded);
  assert.equal(texts.length, 2);
  assert.match(texts[1] ?? '', /took too long/);
  assert.deepEqual(degradedTexts('shadow_lost', account.degraded), ['shadow lost.']);
});

test('methods are said in words', () => {
  assert.equal(methodText('temperature_0.7', account.methods), 'temperature 0.7');
  assert.equal(methodText('retrieval', text.vi.account.methods), 'từ tài liệu');
});
