/**
 * The p-quantile (0 ≤ p ≤ 1) of values in ascending order, interpolating linearly between neighbours
 * (definition 7 of Hyndman and Fan 1996, the default of R and NumPy). NaN when empty.
 */
export function quantileOfSorted(sorted: ArrayLike<number>, p: number): number {
  if (sorted.length === 0) return Number.NaN;
  const position = Math.min(Math.max(p, 0), 1) * (sorted.length - 1);
  const below = Math.floor(position);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return low + (high - low) * (position - below);
}

/** The p-quantile of values in any order; see {@link quantileOfSorted}. */
export function quantile(values: readonly number[], p: number): number {
  return quantileOfSorted(Float64Array.from(values).sort(), p);
}

/** The middle value; NaN when empty. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}
