import assert from 'node:assert/strict';
import { test } from 'node:test';
import { labelledSteps, type StepJudgement } from './labelled-steps.ts';
import { notedSentences } from './noted-sentences.ts';

function judged(index: number, mark: StepJudgement['mark'], comment: string | null = null): StepJudgement {
  return { index, mark, text: `step ${index}`, comment };
}

test('steps are labelled by majority, up to the first that is open', () => {
  assert.deepEqual(
    labelledSteps([
      judged(1, 'bad'),
      judged(0, 'good'),
      judged(1, 'bad', 'It is 14.'),
      judged(1, 'good', 'fine'),
      judged(2, 'neutral'),
      judged(3, 'good'),
    ]),
    [
      { text: 'step 0', label: true },
      { text: 'step 1', label: false, comment: 'It is 14.' },
    ],
  );
  assert.deepEqual(labelledSteps([judged(1, 'good')]), []);
  assert.deepEqual(labelledSteps([judged(0, 'good'), judged(0, 'bad')]), []);
});

test('a sentence is wrong where a note finds fault', () => {
  const answer = 'Take 2 tablets a day. Never more than 6.5 g!\n\n- See a doctor';
  const at = (quote: string) => ({ start: answer.indexOf(quote), end: answer.indexOf(quote) + quote.length });
  assert.deepEqual(
    notedSentences(answer, [
      { ...at('6.5'), label: 'wrong', comment: 'It is 4 g.' },
      { ...at('doctor'), label: 'Good', comment: null },
    ]),
    [
      { text: 'Take 2 tablets a day.', label: true },
      { text: 'Never more than 6.5 g!', label: false, comment: 'wrong: It is 4 g.' },
      { text: '- See a doctor', label: true },
    ],
  );
});

test('a note over a boundary touches both sentences, one beside it neither', () => {
  const labels = (start: number, end: number) =>
    notedSentences('One. Two.', [{ start, end, label: 'wrong', comment: null }]).map(({ label }) => label);
  assert.deepEqual(labels(2, 7), [false, false]);
  assert.deepEqual(labels(4, 5), [true, true]);
  assert.deepEqual(notedSentences('', []), []);
});

test('long texts without a full stop are read in linear time', { timeout: 30_000 }, () => {
  assert.equal(notedSentences('a '.repeat(200_000), []).length, 1);
  assert.equal(notedSentences('.'.repeat(200_000), []).length, 1);
  notedSentences('.a'.repeat(100_000), []);
});
