import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sampleRatioEvidence, sampleRatioPValue, seededRandom } from '../index.ts';

const close = (actual: number, expected: number) =>
  assert.ok(Math.abs(actual - expected) < 1e-8, `${actual} instead of ${expected}`);

test('evidence by SciPy: 5,200 to 4,800 at one to one, and two that fit', () => {
  close(sampleRatioEvidence([{ counts: [5200, 4800], weights: [1, 1] }]), 6.075817651595571);
  close(sampleRatioEvidence([{ counts: [5000, 5000], weights: [1, 1] }]), -1.1991749090811936);
  close(sampleRatioEvidence([{ counts: [100, 900], weights: [1, 9] }]), -0.34699488414298685);
});

test('periods between changes of the weights add up, so that growing a ramp is no mismatch', () => {
  const periods = [
    { counts: [1000, 9000], weights: [0.1, 0.9] },
    { counts: [5000, 5000], weights: [0.5, 0.5] },
  ];
  assert.equal(sampleRatioPValue(sampleRatioEvidence(periods)), 1);
  assert.ok(sampleRatioPValue(sampleRatioEvidence([{ counts: [6000, 14_000], weights: [1, 1] }])) < 1e-9);
});

test('weights that cannot be are refused', () => {
  assert.throws(() => sampleRatioEvidence([{ counts: [1, 2], weights: [1, 0] }]), RangeError);
  assert.throws(() => sampleRatioEvidence([{ counts: [1], weights: [1, 1] }]), RangeError);
});

/** Share of streams of so many units in which some look finds a mismatch at 0.001. */
function mismatches(share: number, units: number, streams: number): number {
  let found = 0;
  for (let seed = 0; seed < streams; seed++) {
    const random = seededRandom(seed);
    const counts: [number, number] = [0, 0];
    for (let n = 1; n <= units; n++) {
      counts[random() < share ? 0 : 1]++;
      if (n % 20 > 0) continue;
      if (sampleRatioPValue(sampleRatioEvidence([{ counts, weights: [1, 1] }])) >= 0.001) continue;
      found++;
      break;
    }
  }
  return found / streams;
}

test('looked at hundreds of times, a fair split almost never looks unfair; one user in ten lost is found', () => {
  const fair = mismatches(0.5, 5000, 1000);
  assert.ok(fair <= 0.003, `fair ${fair}`);
  const lossy = mismatches(0.9 / 1.9, 12_000, 200);
  assert.ok(lossy > 0.9, `lossy ${lossy}`);
});
