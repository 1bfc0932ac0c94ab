import assert from 'node:assert/strict';
import { test } from 'node:test';
import { degradedTexts, flawText } from './flaw-text.ts';
import { methodText } from './method-text.ts';

test('flaws are said in words, unknown ones as they are', () => {
  assert.equal(flawText('below_threshold'), 'below the threshold');
  assert.equal(flawText('coherence:truncated'), 'breaks off');
  assert.equal(flawText('toxicity:insult_found'), 'toxicity: insult found');
});

test('each reason for a lesser answer is a sentence', () => {
  assert.deepEqual(degradedTexts(null), []);
  const texts = degradedTexts('candidates_late,scoring_timeout');
  assert.equal(texts.length, 2);
  assert.match(texts[1] ?? '', /took too long/);
  assert.deepEqual(degradedTexts('shadow_lost'), ['shadow lost.']);
});

test('methods are said in words', () => {
  assert.equal(methodText('temperature_0.7'), 'temperature 0.7');
  assert.equal(methodText('retrieval'), 'from documents');
});
