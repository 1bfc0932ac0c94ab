import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JudgingQuestion } from '@attune/contracts';
import { sayable, unanswered } from './unanswered.ts';

const responses = [
  { key: 'A', text: 'Two metres.' },
  { key: 'B', text: 'About two metres.' },
];
const option = (key: string) => ({ key, title: key });
const questions: JudgingQuestion[] = [
  {
    id: 'better',
    kind: 'pairwise',
    title: 'Better?',
    required: true,
    strength_levels: 3,
    allow_tie: true,
    allow_both_bad: true,
  },
  { id: 'order', kind: 'ranking', title: 'Order', required: true, allow_ties: true },
  { id: 'rated', kind: 'stars', title: 'Rated', required: true, scale: 5, dimensions: [option('clear')] },
  { id: 'why', kind: 'text', title: 'Why?', required: false, max_characters: 100 },
];

test('the first required question that is not wholly answered is named', () => {
  assert.equal(unanswered(questions, {}, responses)?.id, 'better');
  const better = { kind: 'pairwise' as const, choice: 'A' };
  assert.equal(unanswered(questions, { better }, responses)?.id, 'order');
  const half = { kind: 'ranking' as const, places: [['B']] };
  assert.equal(unanswered(questions, { better, order: half }, responses)?.id, 'order');
  const order = { kind: 'ranking' as const, places: [['B', 'A']] };
  const rated = { kind: 'stars' as const, stars: { A: { clear: 4 } } };
  assert.equal(unanswered(questions, { better, order, rated }, responses)?.id, 'rated');
  const all = { kind: 'stars' as const, stars: { A: { clear: 4 }, B: { clear: 1 } } };
  assert.equal(unanswered(questions, { better, order, rated: all }, responses), null);
});

test('what is only begun is not sent', () => {
  const optional = questions.map((question) => ({ ...question, required: false }));
  const answers = {
    order: { kind: 'ranking' as const, places: [['A']] },
    why: { kind: 'text' as const, text: '  ' },
    rated: { kind: 'stars' as const, stars: { A: { clear: 2 } } },
  };
  assert.deepEqual(Object.keys(sayable(optional, answers, responses)), ['rated']);
});
