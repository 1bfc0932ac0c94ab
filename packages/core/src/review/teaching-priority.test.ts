import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { disagreement, teachingPriority } from './teaching-priority.ts';

/** Worked by hand from the formula in the docstring. */
const examples = [
  { score: 0.5, rating: null, priority: 0.4 },
  { score: 0, rating: null, priority: 0 },
  { score: 1, rating: null, priority: 0 },
  // 0.4 · (1 − |1.5 − 1|) + 0.4 · |0.75 − 0.5| + 0.2 · 0.5
  { score: 0.75, rating: 3, priority: 0.2 + 0.1 + 0.1 },
  // Sure of itself and wrong about a complaint.
  { score: 1, rating: 1, priority: 0.4 + 0.2 },
  { score: 0, rating: 5, priority: 0.4 },
  { score: 1, rating: 5, priority: 0 },
  // No score counts as 0.5.
  { score: null, rating: 1, priority: 0.4 + 0.2 + 0.2 },
  { score: null, rating: null, priority: 0.4 },
];

describe('how much an answer teaches', () => {
  test('follows the formula', () => {
    for (const { priority, ...signs } of examples) {
      assert.ok(Math.abs(teachingPriority(signs) - priority) < 1e-12, JSON.stringify(signs));
    }
  });

  test('stays between 0 and 1 and puts a complaint before praise that is as far off', () => {
    for (let score = 0; score <= 1; score += 0.1) {
      for (let rating = 1; rating <= 5; rating += 0.5) {
        const priority = teachingPriority({ score, rating });
        assert.ok(priority >= 0 && priority <= 1);
      }
      const complaint = teachingPriority({ score, rating: 1 });
      const praise = teachingPriority({ score: 1 - score, rating: 5 });
      assert.ok(complaint > praise);
    }
  });

  test('disagreement needs both sides', () => {
    assert.equal(disagreement({ score: 0.25, rating: 5 }), 0.75);
    assert.equal(disagreement({ score: null, rating: 5 }), null);
    assert.equal(disagreement({ score: 0.25, rating: null }), null);
  });
});
