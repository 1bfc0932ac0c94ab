import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JudgingAnswers } from '@attune/contracts';
import { keysOf, lettersOf, renamed } from './lettered.ts';

const item = {
  responses: ['r1', 'r2', 'r3'].map((key) => ({ key, text: '', model: null, score: null })),
};
const answers: JudgingAnswers = {
  better: { kind: 'pairwise', choice: 'r2', strength: 2 },
  none: { kind: 'pairwise', choice: 'tie' },
  order: { kind: 'ranking', places: [['r3'], ['r1', 'r2']] },
  stars: { kind: 'stars', stars: { r1: { clear: 4 }, r2: { clear: 1 } } },
  spans: { kind: 'spans', spans: [{ response: 'r2', start: 0, end: 3, label: 'wrong' }] },
  labels: { kind: 'labels', labels: ['r1'] },
};

test('responses are called A, B, C in every kind of answer, and choices that are none of them keep their names', () => {
  const said = renamed(answers, lettersOf(item));
  assert.deepEqual(said.better, { kind: 'pairwise', choice: 'B', strength: 2 });
  assert.deepEqual(said.none, { kind: 'pairwise', choice: 'tie' });
  assert.deepEqual(said.order, { kind: 'ranking', places: [['C'], ['A', 'B']] });
  assert.deepEqual(said.stars, { kind: 'stars', stars: { A: { clear: 4 }, B: { clear: 1 } } });
  assert.deepEqual(said.spans, {
    kind: 'spans',
    spans: [{ response: 'B', start: 0, end: 3, label: 'wrong' }],
  });
  assert.deepEqual(said.labels, answers.labels);
});

test('what is sent has the names that the server knows', () => {
  assert.deepEqual(renamed(renamed(answers, lettersOf(item)), keysOf(item)), answers);
});
