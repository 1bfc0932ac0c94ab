import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assign, chiSquareTail, inShare, position } from '../index.ts';

const users = Array.from({ length: 20_000 }, (_, k) => `user-${k}`);

function chiSquare(counts: readonly number[], expected: number): number {
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

test('positions of consecutive ids are uniform', () => {
  for (const salt of ['', 'ramp-1', 'ramp-2', 'b5d2']) {
    const counts = new Array<number>(100).fill(0);
    for (const user of users) counts[Math.floor(position(user, salt) * 100)]! += 1;
    assert.ok(chiSquareTail(chiSquare(counts, 200), 99) > 0.001, salt);
  }
});

test('assignments under two salts are independent', () => {
  for (const [a, b] of [
    ['exp-1', 'exp-2'],
    ['a', 'b'],
    ['0', '00'],
  ] as const) {
    const counts = new Array<number>(100).fill(0);
    for (const user of users) {
      counts[Math.floor(position(user, a) * 10) * 10 + Math.floor(position(user, b) * 10)]! += 1;
    }
    assert.ok(chiSquareTail(chiSquare(counts, 200), 99) > 0.001, `${a} ${b}`);
  }
});

test('a growing ramp never moves anybody out', () => {
  for (const user of users.slice(0, 3000)) {
    let inside = false;
    for (const share of [0, 0.1, 0.5, 1]) {
      const now = inShare(user, 'ramp', share);
      assert.ok(now || !inside);
      inside = now;
    }
    assert.ok(inside);
    assert.ok(!inShare(user, 'ramp', 0));
  }
});

test('arms get their weights, and growing the first keeps its people', () => {
  const arms = (treatment: number) => [
    { name: 'treatment', weight: treatment },
    { name: 'control', weight: 100 - treatment },
  ];
  const counts = { treatment: 0, control: 0 };
  for (const user of users) {
    const arm = assign(user, 'exp', arms(10));
    counts[arm === 'treatment' ? 'treatment' : 'control']++;
    if (arm === 'treatment') assert.equal(assign(user, 'exp', arms(50)), 'treatment');
  }
  const expected = (counts.treatment - 2000) ** 2 / 2000 + (counts.control - 18_000) ** 2 / 18_000;
  assert.ok(chiSquareTail(expected, 1) > 0.001, JSON.stringify(counts));
});

test('a three-way split is the same on every call and an empty arm stays empty', () => {
  const arms = [
    { name: 'a', weight: 1 },
    { name: 'b', weight: 0 },
    { name: 'c', weight: 2 },
  ];
  for (const user of users.slice(0, 500)) {
    assert.equal(assign(user, 's', arms), assign(user, 's', arms));
    assert.notEqual(assign(user, 's', arms), 'b');
  }
  assert.throws(() => assign('u', 's', []), RangeError);
  assert.throws(() => assign('u', 's', [{ name: 'a', weight: -1 }, ...arms]), RangeError);
});
