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
  const z = normalQuantile((1 + confidence) / 2);
  const [now, then] = [rocArea(recent), rocArea(before)];
  const value = then.value - now.value;
  const half = z * Math.sqrt(now.variance + then.variance);
  const around = (centre: number, width: number): [number, number] =>
    Number.isNaN(width) ? [-Infinity, Infinity] : [centre - width, centre + width];
  const estimate = (area: RocArea) => ({
    value: area.value,
    ci: around(area.value, z * Math.sqrt(area.variance)),
    n: area.n,
  });
  return {
    fall: { value, ci: around(value, half), n: now.n },
    recent: estimate(now),
    before: estimate(then),
  };
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
