import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerWords } from './answer-words.ts';
import { text } from './text.ts';

const t = text.en;

test('answers are said in words, labels and dimensions by their titles', () => {
  const pairwise = {
    id: 'better',
    kind: 'pairwise' as const,
    title: 'Better?',
    required: true,
    strength_levels: 3,
    allow_tie: true,
    allow_both_bad: true,
  };
  assert.equal(
    answerWords(pairwise, { kind: 'pairwise', choice: 'B', strength: 2 }, t),
    'B is better · clearly',
  );
  const finer = { ...pairwise, strength_levels: 5 };
  assert.equal(
    answerWords(finer, { kind: 'pairwise', choice: 'A', strength: 2 }, t),
    'A is better · Strength 2',
  );
  assert.equal(answerWords(pairwise, { kind: 'pairwise', choice: 'both_bad' }, t), 'Both bad');
  assert.equal(answerWords(pairwise, undefined, t), 'nothing said');
  const ranking = {
    id: 'order',
    kind: 'ranking' as const,
    title: 'Order',
    required: true,
    allow_ties: true,
  };
  assert.equal(answerWords(ranking, { kind: 'ranking', places: [['B'], ['A', 'C']] }, t), 'B > A = C');
  const stars = {
    id: 'rated',
    kind: 'stars' as const,
    title: 'Rated',
    required: true,
    scale: 5,
    dimensions: [{ key: 'clear', title: 'Clarity' }],
  };
  assert.equal(answerWords(stars, { kind: 'stars', stars: { A: { clear: 4 } } }, t), 'A: Clarity 4');
});
