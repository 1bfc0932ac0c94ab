/** What is kept of many values: their number, sum and sum of squares, and how many lie in each bucket of a scale. */
export interface RollupSums {
  readonly n: number;
  readonly total: number;
  readonly squares: number;
  /** Null where the values have no scale. */
  readonly buckets: readonly number[] | null;
}

export const noSums: RollupSums = { n: 0, total: 0, squares: 0, buckets: null };

/** The sums of two sets of values together. */
export function addRollups(one: RollupSums, other: RollupSums): RollupSums {
  return {
    n: one.n + other.n,
    total: one.total + other.total,
    squares: one.squares + other.squares,
    buckets: addBuckets(one.buckets, other.buckets),
  };
}

function addBuckets(one: RollupSums['buckets'], other: RollupSums['buckets']): RollupSums['buckets'] {
  if (one === null || other === null) return one ?? other;
  return one.map((count, place) => count + (other[place] ?? 0));
}

/** Mean and unbiased variance of the values; rounding never makes the variance negative. */
export function momentsOfSums({ n, total, squares }: RollupSums): {
  n: number;
  mean: number;
  variance: number;
} {
  const mean = total / n;
  const variance = n < 2 ? Number.NaN : Math.max(0, (squares - n * mean * mean) / (n - 1));
  return { n, mean, variance };
}
