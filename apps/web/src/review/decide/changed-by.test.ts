import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reviewItem } from '../testing/review-item.ts';
import { changedBy } from './changed-by.ts';
import { leavesQueue } from './leaves-queue.ts';

test('a decision shows before the server has it', () => {
  const item = reviewItem('a');
  assert.equal(changedBy(item, { action: 'reject' }).feedback.status, 'rejected');
  assert.equal(changedBy(item, { action: 'note', note: 'why' }).review.note, 'why');
  const tagged = changedBy(changedBy(item, { action: 'tag', tags: ['x', 'y'] }), {
    action: 'tag',
    tags: ['y'],
  });
  assert.deepEqual(tagged.feedback.tags, ['x', 'y']);
  assert.deepEqual(changedBy(tagged, { action: 'untag', tags: ['x'] }).feedback.tags, ['y']);
  assert.deepEqual(item.feedback.tags, []);
});

test('an item leaves the queue whose status it has no more', () => {
  assert.equal(leavesQueue('approve', {}), true);
  assert.equal(leavesQueue('approve', { status: 'approved' }), false);
  assert.equal(leavesQueue('reopen', { status: 'approved' }), true);
  assert.equal(leavesQueue('tag', {}), false);
  assert.equal(leavesQueue('skip', {}), false);
});
