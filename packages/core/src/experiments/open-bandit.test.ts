import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  doublyRobust,
  type Estimate,
  inversePropensity,
  type LoggedDecision,
  meanDifference,
  meanDifferenceSequence,
  overlapOf,
  selfNormalised,
  switchDoublyRobust,
} from '../index.ts';

/**
 * Open Bandit Dataset (Saito, Aihara, Matsutani and Narita 2020), men's campaign, small version: the same week logged
 * by a uniform policy over 34 items and by Thompson sampling. Not ours to ship, hence skipped where it is absent.
 */
const folder = join(import.meta.dirname, '../../../../../shared/data/obd-men');
const skip = existsSync(folder) ? false : 'the Open Bandit Dataset is not here';
const ITEMS = 34;

/** Decisions of a log, to be evaluated for the policy that shows every item equally often. */
function decisions(file: string): LoggedDecision[] {
  const [header, ...lines] = readFileSync(join(folder, file), 'utf8').trim().split('\n');
  const columns = header!.split(',');
  const [click, propensity] = [columns.indexOf('click'), columns.indexOf('propensity_score')];
  return lines.map((line) => {
    const cells = line.split(',');
    return { propensity: Number(cells[propensity]), target: 1 / ITEMS, outcome: Number(cells[click]) };
  });
}

test('from the logs of Thompson sampling, what the uniform policy had: in agreement, and marked as thin', {
  skip,
}, (t) => {
  const [logged, uniform] = [decisions('bts_men.csv'), decisions('random_men.csv')];
  const truth = inversePropensity(uniform);
  assert.equal(truth.value.toFixed(4), '0.0046');
  for (const estimate of [inversePropensity(logged), selfNormalised(logged)]) {
    t.diagnostic(`${estimate.value} in ${estimate.ci.join(' to ')}, seen ${truth.value}`);
    // The other log is a sample too: 46 clicks.
    const error = Math.hypot(standardError(estimate), standardError(truth));
    assert.ok(Math.abs(estimate.value - truth.value) < 1.96 * error);
  }
  const overlap = overlapOf(logged);
  assert.equal(Math.round(overlap.effective_n), 656);
  assert.ok(overlap.warnings.includes('few_effective_rows'));
  assert.deepEqual(overlapOf(uniform).warnings, []);
});

test('trusting the mean click rate beyond weights of 10 comes nearer to what was seen', { skip }, () => {
  const logged = decisions('bts_men.csv');
  const seen = inversePropensity(decisions('random_men.csv')).value;
  const rate = logged.reduce((sum, { outcome }) => sum + outcome, 0) / logged.length;
  const predicted = logged.map((row) => ({ ...row, predicted: rate, predictedTarget: rate }));
  const off = ({ value }: Estimate) => Math.abs(value - seen);
  assert.ok(off(switchDoublyRobust(predicted, 10)) < off(doublyRobust(predicted)));
  assert.ok(off(doublyRobust(predicted)) < off(inversePropensity(logged)));
});

function standardError({ ci }: Estimate): number {
  return (ci[1] - ci[0]) / (2 * 1.96);
}

test('69 clicks against 46 of 10,000: the usual interval is sure, one that may be looked at daily is not', {
  skip,
}, () => {
  const moments = (file: string) => {
    const clicks = decisions(file).map(({ outcome }) => outcome);
    const mean = clicks.reduce((sum, value) => sum + value, 0) / clicks.length;
    return { n: clicks.length, mean, variance: mean * (1 - mean) };
  };
  const arms = [moments('bts_men.csv'), moments('random_men.csv')] as const;
  assert.ok(meanDifference(...arms).ci[0] > 0);
  assert.ok(meanDifferenceSequence(...arms, { tightestAt: 20_000 }).ci[0] < 0);
});
