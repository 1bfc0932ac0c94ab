import assert from 'node:assert/strict';
import { test } from 'node:test';
import { suggestedTags } from './suggested-tags.ts';

test('tags of similar items, most frequent first, without those that the item has', () => {
  const similar = [['billing', 'refund'], ['billing'], ['tone', 'tone'], ['known', 'billing']];
  assert.deepEqual(
    suggestedTags(
      ['known'],
      similar.map((tags) => ({ tags })),
    ),
    [
      { tag: 'billing', count: 3 },
      { tag: 'refund', count: 1 },
      { tag: 'tone', count: 1 },
    ],
  );
});

test('at most eight, and none where nothing is similar', () => {
  const many = Array.from({ length: 20 }, (_, index) => ({ tags: [`tag ${index}`] }));
  assert.equal(suggestedTags([], many).length, 8);
  assert.deepEqual(suggestedTags(['a'], []), []);
});
