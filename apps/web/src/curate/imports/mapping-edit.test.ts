import assert from 'node:assert/strict';
import { test } from 'node:test';
import { labelsOf, scaleOf, typedLabels, typedScale, withField } from './mapping-edit.ts';

const mapping = {
  format: 'plain' as const,
  target: 'ratings' as const,
  fields: { query: { path: 'q' }, response: { path: 'a' } },
};

test('a field is set, moved and taken away', () => {
  const rated = withField(mapping, 'rating', { path: 'stars' });
  assert.deepEqual(rated.fields.rating, { path: 'stars' });
  assert.deepEqual(withField(rated, 'rating', null), mapping);
});

test('labels and scales are read as they are written', () => {
  assert.deepEqual(labelsOf('good = 5, so so=3, , bad'), { good: 5, 'so so': 3 });
  assert.equal(labelsOf('nothing'), undefined);
  assert.deepEqual(labelsOf(typedLabels({ great: 5 })), { great: 5 });
  assert.deepEqual(scaleOf('1-10'), { lowest: 1, highest: 10 });
  assert.deepEqual(scaleOf(typedScale({ lowest: -1, highest: 1 })), { lowest: -1, highest: 1 });
  assert.equal(scaleOf('10-1'), undefined);
});
