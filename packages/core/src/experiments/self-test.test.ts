import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seededRandom } from '../random.ts';
import { inShare } from './assignment.ts';
import { sequencePValue } from './confidence-sequence.ts';
import { judgeSelfTest, leastOf } from './self-test.ts';
import { armMoments, sumUnits, type Unit } from './unit-sums.ts';

test('the least p-value pays for the number of metrics', () => {
  assert.equal(leastOf([0.5, 0.02, null]), 0.04);
  assert.equal(leastOf([0.9, 0.8, 0.7]), 1);
  assert.equal(leastOf([null]), null);
});

test('a fault of the split is told before anything else, and few users tell nothing', () => {
  const seen = { pValues: [0.5], sampleRatioPValue: 0.5, units: 100 };
  assert.equal(judgeSelfTest(seen), 'passes');
  assert.equal(judgeSelfTest({ ...seen, pValues: [0.009] }), 'differs');
  assert.equal(judgeSelfTest({ ...seen, pValues: [0.009, 0.5] }), 'passes');
  assert.equal(judgeSelfTest({ ...seen, units: 49, pValues: [0.001] }), 'not_enough_data');
  assert.equal(judgeSelfTest({ ...seen, pValues: [null] }), 'not_enough_data');
  assert.equal(judgeSelfTest({ ...seen, units: 10, sampleRatioPValue: 0.0009 }), 'sample_ratio_mismatch');
});

/** Simulated A/A tests; a thousand by ATTUNE_SIMULATED_SELF_TESTS. */
const RUNS = Number(process.env.ATTUNE_SIMULATED_SELF_TESTS ?? 60);

test(`of ${RUNS} self-tests on equal arms, looked at after every 50 users, hardly one differs`, () => {
  const random = seededRandom(5);
  let alarms = 0;
  for (let run = 0; run < RUNS; run++) {
    const arms: [Unit[], Unit[]] = [[], []];
    let told = false;
    for (let user = 1; user <= 1000; user++) {
      const count = user % 5 === 0 ? 8 : 1;
      const likes = 0.4 + 0.5 * random();
      let total = 0;
      for (let k = 0; k < count; k++) total += Number(random() < likes);
      arms[Number(inShare(`user-${user}`, `salt-${run}`, 0.5)) as 0 | 1].push({ count, total });
      if (user % 50 !== 0) continue;
      const [a, b] = arms.map((units) => armMoments(sumUnits(units)));
      const units = Math.min(arms[0].length, arms[1].length);
      const p = a === undefined || b === undefined ? null : sequencePValue(a, b, { tightestAt: 2000 });
      told ||= judgeSelfTest({ pValues: [p], sampleRatioPValue: 1, units }) === 'differs';
    }
    alarms += Number(told);
  }
  assert.ok(alarms <= Math.max(2, RUNS * 0.02), `${alarms} of ${RUNS}`);
});
