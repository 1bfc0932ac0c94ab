import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assignToTrial, freePart, type Trial } from '../index.ts';

const trial = (changes: Partial<Trial> = {}): Trial => ({
  id: 'a',
  group: 'reward',
  from: 0,
  to: 1,
  split: 0.5,
  forced: {},
  ...changes,
});
const users = Array.from({ length: 20_000 }, (_, index) => `user ${index}`);

test('everybody gets an arm, half of them each, and keeps it', () => {
  const arms = users.map((user) => assignToTrial(trial(), user)?.arm);
  const treated = arms.filter((arm) => arm === 'treatment').length;
  assert.ok(Math.abs(treated - 10_000) < 4 * Math.sqrt(5000), `${treated}`);
  assert.deepEqual(
    users.map((user) => assignToTrial(trial(), user)?.arm),
    arms,
  );
});

test('two experiments of a group share nobody, two of different groups are independent', () => {
  const [first, second] = [trial({ to: 0.4 }), trial({ id: 'b', from: 0.4, to: 0.8 })];
  const both = users.filter((user) => assignToTrial(first, user) && assignToTrial(second, user));
  assert.equal(both.length, 0);
  const other = trial({ id: 'c', group: 'policy' });
  const counts = { same: 0, n: 0 };
  for (const user of users) {
    const [a, b] = [assignToTrial(first, user), assignToTrial(other, user)];
    if (a === null || b === null) continue;
    counts.n++;
    counts.same += Number(a.arm === b.arm);
  }
  assert.ok(
    Math.abs(counts.same / counts.n - 0.5) < 4 * Math.sqrt(0.25 / counts.n),
    `${counts.same} of ${counts.n}`,
  );
  assert.ok(Math.abs(counts.n / users.length - 0.4) < 0.015);
});

test('a holdout takes part in nothing, whatever the experiment', () => {
  const held = users.filter((user) => assignToTrial(trial(), user, 0.1) === null);
  assert.ok(Math.abs(held.length - 2000) < 4 * Math.sqrt(1800), `${held.length}`);
  assert.ok(held.every((user) => assignToTrial(trial({ id: 'z', group: 'y' }), user, 0.1) === null));
});

test('a forced user gets the arm, also from the holdout, and does not count', () => {
  const forced = trial({ to: 0, forced: { tester: 'treatment' } });
  assert.deepEqual(assignToTrial(forced, 'tester', 1), { arm: 'treatment', counted: false });
  assert.equal(assignToTrial(forced, 'toString'), null);
});

test('a new experiment gets the first part of the line that has room', () => {
  assert.deepEqual(freePart([], 1), { from: 0, to: 1 });
  assert.deepEqual(freePart([{ from: 0.3, to: 0.6 }], 0.3), { from: 0, to: 0.3 });
  assert.deepEqual(freePart([{ from: 0.3, to: 0.6 }], 0.4), { from: 0.6, to: 1 });
  assert.equal(freePart([{ from: 0.3, to: 0.6 }], 0.5), null);
});
