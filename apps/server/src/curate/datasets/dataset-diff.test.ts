import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exampleRows } from '../testing/example-rows.ts';
import { datasetDiff } from './dataset-diff.ts';

test('a data set does not differ from itself', () => {
  const { counts, changes } = datasetDiff(exampleRows, exampleRows);
  assert.deepEqual(counts, { added: 0, removed: 0, changed: 0, same: 8, moved: 0 });
  assert.deepEqual(changes, []);
});

test('rows come, go, change and move', () => {
  const [first, second, ...ratings] = exampleRows.ratings;
  const [pair, ...pairs] = exampleRows.pairs;
  assert.ok(first && second && pair);
  const after = {
    ratings: [{ ...second, rating: 3 }, ...ratings.map((row) => ({ ...row, split: 'train' as const }))],
    pairs: [
      { ...pair, chosen: pair.rejected, rejected: pair.chosen, feedback_ids: [] },
      { ...pair, query: 'New?' },
      ...pairs,
    ],
    steps: [],
  };
  const { counts, changes } = datasetDiff(exampleRows, after);
  assert.deepEqual(counts, { added: 1, removed: 2, changed: 2, same: 4, moved: 2 });
  assert.deepEqual(
    changes.map(({ change, before, after }) => [change, (after ?? before)?.type]),
    [
      ['added', 'pair'],
      ['removed', 'rating'],
      ['removed', 'steps'],
      ['changed', 'rating'],
      ['changed', 'pair'],
    ],
  );
  const back = datasetDiff(after, exampleRows).counts;
  assert.deepEqual([back.added, back.removed, back.changed], [2, 1, 2]);
});
