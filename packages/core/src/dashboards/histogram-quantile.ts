import { normalQuantile } from '../distributions.ts';
import type { Estimate } from '../interval.ts';
import { edgeOf, type HistogramScale } from './histogram-scale.ts';

/**
 * The p-quantile of values of which only a histogram is left, as if they lay evenly within each bucket, with the 95 %
 * interval between the order statistics n p ± z √(n p (1 − p)) (Conover 1999, "Practical nonparametric statistics",
 * section 3.2). Where such a rank lies outside the sample, that bound is infinite.
 */
export function histogramQuantile(scale: HistogramScale, counts: readonly number[], p: number): Estimate {
  const n = counts.reduce((sum, count) => sum + count, 0);
  const half = normalQuantile(0.975) * Math.sqrt(n * p * (1 - p));
  const at = (rank: number) => valueAt(scale, counts, rank);
  const low = n * p - half <= 0 ? Number.NEGATIVE_INFINITY : at(n * p - half);
  const high = n * p + half >= n ? Number.POSITIVE_INFINITY : at(n * p + half);
  return { value: n === 0 ? Number.NaN : at(n * p), ci: [low, high], n };
}

function valueAt(scale: HistogramScale, counts: readonly number[], rank: number): number {
  let below = 0;
  for (const [place, count] of counts.entries()) {
    if (count > 0 && below + count >= rank) return edgeOf(scale, place + (rank - below) / count);
    below += count;
  }
  return edgeOf(scale, counts.length);
}

/** How many values lie in the buckets from a value on; exact where the value is an edge. */
export function countFrom(scale: HistogramScale, counts: readonly number[], value: number): number {
  // A hundredth of a bucket forgives how edges round.
  const isAbove = (place: number) => edgeOf(scale, place + 0.01) >= value;
  return counts.reduce((sum, count, place) => sum + (isAbove(place) ? count : 0), 0);
}
