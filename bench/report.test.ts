import assert from 'node:assert/strict';
import { test } from 'node:test';
import { notTaken, takenText, withSection } from './report/section.ts';
import { shown, table } from './report/table.ts';

const document = 'Head\n<!-- bench:a -->\nold\n<!-- /bench:a -->\nTail\n';

test('only what stands between the marks is renewed', () => {
  const renewed = withSection(document, 'a', (before) => `${before} and new`);
  assert.equal(renewed, 'Head\n<!-- bench:a -->\nold and new\n<!-- /bench:a -->\nTail\n');
  assert.throws(() => withSection(document, 'b', () => ''), /marks of b/);
});

test('a bench that was not run is said to be missing, once, above what it gave earlier', () => {
  const once = withSection(document, 'a', (before) => notTaken('a', before));
  assert.match(once, /Not measured in the last run.*attune bench a --json.*\n\nold\n/);
  assert.equal(
    withSection(once, 'a', (before) => notTaken('a', before)),
    once,
  );
});

test('a bench that was never run is said to be missing, without figures of an earlier one', () => {
  assert.doesNotMatch(notTaken('a', ''), /earlier/);
  assert.equal(notTaken('a', notTaken('a', '')), notTaken('a', ''));
});

test('figures say when they were taken and how busy the machine was', () => {
  const taken = {
    at: '2026-11-21T03:15:06.000Z',
    seconds: 40,
    machine: '2 cores',
    load_before: 0.25,
    load_after: 1.5,
  };
  assert.match(takenText(taken), /2026-11-21 03:15 UTC in 40 s on 2 cores; .*before 0\.3, at the end 1\.5/);
});

test('a table has its numbers to the right', () => {
  assert.equal(table(['', 'n'], [['a', 1]]), '|  | n |\n| --- | --: |\n| a | 1 |');
});

test('an interval that the data cannot bound is shown as open', () => {
  assert.equal(shown({ value: 0.5, ci: [0.25, 0.751], n: 4 }), '0.50 [0.25, 0.75]');
  const unbounded = JSON.stringify({ value: 0.5, ci: [-Infinity, Infinity], n: 1 });
  assert.equal(shown(JSON.parse(unbounded)), '0.50 [–, –]');
  assert.equal(shown(null), '–');
});
