import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  meanDifference,
  meanDifferenceSequence,
  meanSequence,
  momentsOf,
  seededRandom,
  sequencePValue,
} from '../index.ts';

test('nothing that varied is nothing known, whatever the difference', () => {
  const same = { n: 500, mean: 3, variance: 0 };
  assert.deepEqual(meanSequence(same).ci, [-Infinity, Infinity]);
  assert.deepEqual(meanDifferenceSequence(same, { ...same, mean: 4 }).ci, [-Infinity, Infinity]);
  assert.equal(sequencePValue(same, { ...same, mean: 4 }), 1);
});

test('half-width by hand: t = 1,000, variance 1, tightest at 1,000', () => {
  // ρ² = (5.991465 + ln 6.991465) / 1000 = 0.00793616; 2 · 8.93616 / 7936.16 · (ln √8.93616 + ln 20) = 0.0960².
  const { ci } = meanSequence({ n: 1000, mean: 0, variance: 1 }, { tightestAt: 1000 });
  assert.equal(ci[1].toFixed(3), '0.096');
  // The same formula evaluated in NumPy.
  const { ci: other } = meanSequence({ n: 1000, mean: 2, variance: 9 });
  assert.ok(Math.abs(other[1] - 2 - 3 * 0.09681241016338853) < 1e-12);
});

test('it is wider than an interval for one look and narrows with n', () => {
  const a = momentsOf(Array.from({ length: 200 }, (_, k) => k % 5));
  const b = momentsOf(Array.from({ length: 300 }, (_, k) => (k * 7) % 5));
  const width = ({ ci }: { ci: [number, number] }) => ci[1] - ci[0];
  const ratio = width(meanDifferenceSequence(a, b)) / width(meanDifference(a, b));
  assert.ok(ratio > 1.3 && ratio < 1.8, `${ratio}`);
  assert.ok(width(meanSequence({ ...a, n: 2000 })) < width(meanSequence(a)) / 2);
  assert.deepEqual(meanDifferenceSequence(momentsOf([1]), b).ci, [-Infinity, Infinity]);
});

/** Share of 300 experiments without any effect in which some look at 100, 110, … 1,000 ratings sees one. */
function falseAlarms(interval: typeof meanDifference | typeof meanDifferenceSequence): number {
  const random = seededRandom(20);
  let alarms = 0;
  for (let run = 0; run < 300; run++) {
    const arms = [0, 1].map(() => ({ n: 0, sum: 0, squares: 0 }));
    const moments = ({ n, sum, squares }: { n: number; sum: number; squares: number }) => {
      const mean = sum / n;
      return { n, mean, variance: (squares - n * mean * mean) / (n - 1) };
    };
    let alarm = false;
    for (let t = 1; t <= 1000 && !alarm; t++) {
      const rating = 1 + Math.floor(random() * 5);
      const arm = arms[random() < 0.5 ? 0 : 1]!;
      arm.n++;
      arm.sum += rating;
      arm.squares += rating * rating;
      if (t < 100 || t % 10 > 0) continue;
      const { ci } = interval(moments(arms[0]!), moments(arms[1]!));
      alarm = ci[0] > 0 || ci[1] < 0;
    }
    alarms += Number(alarm);
  }
  return alarms / 300;
}

test('looking again and again rarely raises a false alarm, where the usual interval often does', () => {
  const [sequence, fixed] = [falseAlarms(meanDifferenceSequence), falseAlarms(meanDifference)];
  assert.ok(sequence <= 0.05, `sequence ${sequence}`);
  assert.ok(fixed > 0.15, `fixed ${fixed}`);
});
