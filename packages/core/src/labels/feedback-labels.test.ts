import assert from 'node:assert/strict';
import { test } from 'node:test';
import { feedbackLabels } from '../index.ts';

test('feedback is counted under its first tag and under its author', () => {
  const labels = (tags: string[]) => feedbackLabels({ tags, source: 'expert' });
  assert.deepEqual(labels(['tax', 'urgent']), { category: 'tax', userGroup: 'expert' });
  assert.deepEqual(labels(['group:students', 'tax']), { category: 'tax', userGroup: 'students' });
  assert.deepEqual(labels(['group:']), { category: null, userGroup: 'expert' });
});
