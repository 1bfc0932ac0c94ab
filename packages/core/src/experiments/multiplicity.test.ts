import assert from 'node:assert/strict';
import { test } from 'node:test';
import { benjaminiHochberg } from '../index.ts';

test('the fifteen endpoints of Benjamini and Hochberg 1995, section 3.1: four are called at 0.05', () => {
  const pValues = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528,
    0.759, 1,
  ];
  const adjusted = benjaminiHochberg(pValues);
  assert.equal(adjusted.filter((q) => q !== null && q <= 0.05).length, 4);
  assert.ok(Math.abs(adjusted[3]! - (0.0095 * 15) / 4) < 1e-12);
});

test('order and gaps stay as given', () => {
  assert.deepEqual(benjaminiHochberg([0.04, null, 0.01]), [0.04, null, 0.02]);
  assert.deepEqual(benjaminiHochberg([]), []);
});
