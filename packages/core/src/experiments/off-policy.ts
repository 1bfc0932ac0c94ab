import { type Estimate, meanInterval } from '../interval.ts';
import { mean } from '../moments.ts';

/** One logged decision: what was delivered, how it was received, and how likely another policy would have done the same. */
export interface LoggedDecision {
  /** Probability with which it was delivered, above 0. */
  propensity: number;
  /** Probability with which the policy in question would have delivered it. */
  target: number;
  /** What came of it: a rating, a thumb, a reward. */
  outcome: number;
  /** Who asked: rows of one depend on each other. Left out, a row stands for itself. */
  unit?: string;
}

/** A logged decision with the predictions of an outcome model, for the doubly robust estimate. */
export interface PredictedDecision extends LoggedDecision {
  /** Predicted outcome of what was delivered. */
  predicted: number;
  /** Predicted outcome of the policy in question: the mean over its candidates by its probabilities. */
  predictedTarget: number;
}

export interface OffPolicyEstimate extends Estimate {
  /** Kish's effective sample size (Σw)² / Σw²: how many rows the weighted ones are worth. */
  effective_n: number;
}

/**
 * What the policy would have had on average, by inverse propensity scores (Horvitz and Thompson 1952). Unbiased, of
 * high variance; n counts units, which are taken as independent.
 * @throws RangeError on a propensity or target outside 0–1, or a propensity of 0
 */
export function inversePropensity(rows: readonly LoggedDecision[]): OffPolicyEstimate {
  const weights = rows.map(importance);
  const values = rows.map((row, index) => weights[index]! * row.outcome);
  return { ...unitInterval(values, rows), effective_n: effectiveSize(weights) };
}

/**
 * The self-normalised estimate Σwr / Σw (Swaminathan and Joachims 2015): a little biased, stays within the range of
 * outcomes. Interval by the delta method. NaN when no row has weight.
 */
export function selfNormalised(rows: readonly LoggedDecision[]): OffPolicyEstimate {
  const weights = rows.map(importance);
  const value = mean(rows.map((row, index) => weights[index]! * row.outcome)) / mean(weights);
  return {
    ...unitInterval(influenceOf(rows, weights, value), rows),
    value,
    effective_n: effectiveSize(weights),
  };
}

/**
 * By how much the policy would have been better than what was delivered, on the same rows: the self-normalised estimate
 * less the mean of the outcomes, which move together.
 */
export function gainOverDelivered(rows: readonly LoggedDecision[]): OffPolicyEstimate {
  const weights = rows.map(importance);
  const value = mean(rows.map((row, index) => weights[index]! * row.outcome)) / mean(weights);
  const influence = influenceOf(rows, weights, value);
  const gains = rows.map((row, index) => influence[index]! - row.outcome);
  return { ...unitInterval(gains, rows), effective_n: effectiveSize(weights) };
}

/** Values whose mean is the self-normalised estimate and whose spread is, by the delta method, its own. */
function influenceOf(rows: readonly LoggedDecision[], weights: readonly number[], value: number): number[] {
  const centre = mean(weights);
  return rows.map((row, index) => value + (weights[index]! * (row.outcome - value)) / centre);
}

/**
 * The doubly robust estimate (Dudík, Langford and Li 2011): the outcome model's prediction, corrected where the logs
 * contradict it. Right when either the propensities or the model are.
 */
export function doublyRobust(rows: readonly PredictedDecision[]): OffPolicyEstimate {
  const weights = rows.map(importance);
  const values = rows.map(
    (row, index) => row.predictedTarget + weights[index]! * (row.outcome - row.predicted),
  );
  return { ...unitInterval(values, rows), effective_n: effectiveSize(weights) };
}

/**
 * The doubly robust estimate that trusts the outcome model where weights exceed `tau` (Wang, Agarwal and Dudík 2017,
 * "Optimal and adaptive off-policy evaluation in contextual bandits", SWITCH-DR): a little biased, far less variable
 * where logs and policy hardly overlap.
 * @param tau largest weight taken from the logs, above 0
 */
export function switchDoublyRobust(rows: readonly PredictedDecision[], tau: number): OffPolicyEstimate {
  if (!(tau > 0)) throw new RangeError(`tau lies above 0, got ${tau}`);
  const weights = rows.map(importance).map((weight) => (weight <= tau ? weight : 0));
  const values = rows.map(
    (row, index) => row.predictedTarget + weights[index]! * (row.outcome - row.predicted),
  );
  return { ...unitInterval(values, rows), effective_n: effectiveSize(weights) };
}

/** Why an estimate from logs may not deserve trust. */
export type OverlapWarning = 'few_effective_rows' | 'one_row_dominates' | 'weights_off_one';

export interface Overlap {
  /** Kish's effective sample size and its share of the rows. */
  effective_n: number;
  effective_share: number;
  /** Share of all weight that the heaviest row has, 0–1. */
  largest_share: number;
  /** Mean of the weights: about 1 where logged propensities are right and every choice of the policy could be logged. */
  mean_weight: Estimate;
  warnings: OverlapWarning[];
}

const FEWEST_EFFECTIVE = 100;
const SMALLEST_EFFECTIVE_SHARE = 0.1;
const LARGEST_SHARE = 0.05;

/** How well logs cover what another policy would do. A report of an off-policy estimate shows this beside it. */
export function overlapOf(rows: readonly LoggedDecision[]): Overlap {
  const weights = rows.map(importance);
  const effective_n = effectiveSize(weights);
  const effective_share = rows.length === 0 ? 0 : effective_n / rows.length;
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const heaviest = weights.reduce((most, weight) => Math.max(most, weight), 0);
  const largest_share = sum > 0 ? heaviest / sum : 0;
  const mean_weight = unitInterval(weights, rows);
  const warnings: OverlapWarning[] = [];
  if (effective_n < FEWEST_EFFECTIVE || effective_share < SMALLEST_EFFECTIVE_SHARE)
    warnings.push('few_effective_rows');
  if (largest_share > LARGEST_SHARE) warnings.push('one_row_dominates');
  if (mean_weight.ci[0] > 1 || mean_weight.ci[1] < 1) warnings.push('weights_off_one');
  return { effective_n, effective_share, largest_share, mean_weight, warnings };
}

/**
 * The mean of values with an interval that holds where rows of one unit depend on each other: the variance of the mean is
 * that of the units' sums (as for clusters of unequal size, Cochran 1977, section 9A). n counts units.
 */
export function unitInterval(values: readonly number[], rows: readonly { unit?: string }[]): Estimate {
  const value = mean(values);
  const sums = new Map<string | number, number>();
  for (const [index, row] of rows.entries()) {
    const unit = row.unit ?? index;
    sums.set(unit, (sums.get(unit) ?? 0) + values[index]! - value);
  }
  const scale = sums.size / values.length;
  return { ...meanInterval([...sums.values()].map((sum) => value + scale * sum)), value };
}

function importance({ propensity, target }: LoggedDecision): number {
  if (!(propensity > 0 && propensity <= 1))
    throw new RangeError(`a logged propensity lies in (0, 1], got ${propensity}`);
  if (!(target >= 0 && target <= 1)) throw new RangeError(`a probability lies in 0 to 1, got ${target}`);
  return target / propensity;
}

function effectiveSize(weights: readonly number[]): number {
  let [sum, squares] = [0, 0];
  for (const weight of weights) {
    sum += weight;
    squares += weight * weight;
  }
  return squares === 0 ? 0 : (sum * sum) / squares;
}
