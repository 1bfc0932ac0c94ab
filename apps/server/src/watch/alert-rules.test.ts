import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { verdicts } from './alert-rules.ts';

const times = <T>(n: number, value: T): T[] => Array.from({ length: n }, () => value);

function changes(ratings: number[], negative: boolean[], firing: string[] = []) {
  const all = verdicts({ ratings, negative }, 'reward@1.0.0', new Set(firing));
  return Object.fromEntries(all.map(({ kind, change }) => [kind, change]));
}

describe('average rating', () => {
  test('fires below 3.5 from 20 ratings on', () => {
    assert.equal(changes(times(19, 3), []).average_rating, 'unchanged');
    assert.equal(changes(times(20, 3), []).average_rating, 'firing');
    assert.equal(changes(times(20, 3.5), []).average_rating, 'unchanged');
  });

  test('ends at 3.6, not before', () => {
    assert.equal(changes(times(50, 3.55), [], ['average_rating']).average_rating, 'unchanged');
    assert.equal(changes(times(50, 3.65), [], ['average_rating']).average_rating, 'resolved');
  });

  test('says the figures', () => {
    const [verdict] = verdicts({ ratings: times(20, 3), negative: [] }, null, new Set());
    assert.equal(
      verdict?.message,
      'answers without a reward model: the last 20 ratings average 3.00, below 3.5.',
    );
  });
});

describe('negative spike', () => {
  const calm = times(200, false);

  test('fires when the last 30 are clearly more negative than the 200 before', () => {
    assert.equal(changes([], [...times(10, true), ...times(20, false), ...calm]).negative_spike, 'firing');
    assert.equal(changes([], [...times(2, true), ...times(28, false), ...calm]).negative_spike, 'unchanged');
  });

  test('does not fire without a baseline of 20', () => {
    assert.equal(changes([], [...times(30, true), ...times(19, false)]).negative_spike, 'unchanged');
  });

  test('ends when the difference is gone', () => {
    assert.equal(changes([], [...times(30, false), ...calm], ['negative_spike']).negative_spike, 'resolved');
  });
});
