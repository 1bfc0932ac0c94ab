import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reviewItem } from '../testing/review-item.ts';
import { partSaid } from './part-said.ts';

const { feedback } = reviewItem('a');

test('a note on a passage says which, a step mark says which step', () => {
  const note = { quote: { exact: 'two metres' }, label: 'wrong', severity: 'major', comment: 'It is three.' };
  const onPassage = partSaid({ ...feedback, target: 'note:1', feedback_value: { note } });
  assert.deepEqual(
    [onPassage?.quote, onPassage?.label, onPassage?.severity, onPassage?.comment],
    ['two metres', 'wrong', 'major', 'It is three.'],
  );
  const step = { index: 1, kind: 'tool', mark: 'bad' };
  const onStep = partSaid({ ...feedback, target: 'step:1', feedback_value: { step } });
  assert.deepEqual([onStep?.stepIndex, onStep?.mark, onStep?.quote], [1, 'bad', null]);
});

test('feedback on the whole answer is about no part; odd values are left out', () => {
  assert.equal(partSaid(feedback), null);
  const odd = partSaid({
    ...feedback,
    target: 'note:1',
    feedback_value: { note: 'x', step: { index: '1' } },
  });
  assert.deepEqual([odd?.quote, odd?.stepIndex, odd?.comment], [null, null, null]);
});
