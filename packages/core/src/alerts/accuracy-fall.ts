import { normalQuantile } from '../distributions.ts';
import type { Estimate } from '../interval.ts';
import { variance } from '../moments.ts';
import { midranks } from '../ranks.ts';

/** A score and what people said of the answer that has it. */
export interface LabelledScore {
  readonly score: number;
  readonly positive: boolean;
}

export interface AccuracyFall {
  /** Accuracy before less accuracy now; n counts the fresh labels. */
  readonly fall: Estimate;
  readonly recent: Estimate;
  readonly before: Estimate;
}

/**
 * How much worse scores tell good answers from bad ones on fresh labels than on those before: the difference of two areas
 * under the ROC curve of separate samples, each with its variance after DeLong, DeLong and Clarke-Pearson 1988.
 */
export function accuracyFall(
  recent: readonly LabelledScore[],
  before: readonly LabelledScore[],
  confidence = 0.95,
): AccuracyFall {
  const [now, then] = [rocArea(recent), rocArea(before)];
  const fall = { value: then.value - now.value, variance: now.variance + then.variance, n: now.n };
  return {
    fall: estimateOf(fall, confidence),
    recent: estimateOf(now, confidence),
    before: estimateOf(then, confidence),
  };
}

/**
 * How often scores rank a good answer above a bad one: the area under the ROC curve, with its interval after DeLong,
 * DeLong and Clarke-Pearson 1988. It says nothing with fewer than two of either kind.
 */
export function rankingAccuracy(rows: readonly LabelledScore[], confidence = 0.95): Estimate {
  return estimateOf(rocArea(rows), confidence);
}

function estimateOf({ value, variance: spread, n }: RocArea, confidence: number): Estimate {
  const half = normalQuantile((1 + confidence) / 2) * Math.sqrt(spread);
  return { value, ci: Number.isNaN(half) ? [-Infinity, Infinity] : [value - half, value + half], n };
}

interface RocArea {
  readonly value: number;
  /** NaN with fewer than two of either kind. */
  readonly variance: number;
  readonly n: number;
}

/** Each positive's share of negatives below it, and the reverse, are the structural components; ranks give them all. */
function rocArea(rows: readonly LabelledScore[]): RocArea {
  const positives = rows.filter(({ positive }) => positive).map(({ score }) => score);
  const negatives = rows.filter(({ positive }) => !positive).map(({ score }) => score);
  const n = rows.length;
  if (positives.length === 0 || negatives.length === 0) return { value: Number.NaN, variance: Number.NaN, n };
  const all = midranks([...positives, ...negatives]);
  const own = [midranks(positives), midranks(negatives)];
  const above = positives.map((_, k) => (all[k]! - own[0]![k]!) / negatives.length);
  const below = negatives.map((_, k) => 1 - (all[positives.length + k]! - own[1]![k]!) / positives.length);
  const value = above.reduce((sum, share) => sum + share, 0) / above.length;
  return { value, variance: variance(above) / above.length + variance(below) / below.length, n };
}
