/** How values are sorted into buckets of equal width, on their own scale or on that of their logarithms. */
export interface HistogramScale {
  readonly least: number;
  readonly most: number;
  readonly buckets: number;
  readonly logarithmic: boolean;
}

/**
 * Scales of what is kept as a histogram. Stored sums were made with them: who changes one has every hour summed again.
 * A bucket of milliseconds is 15 % wide, one of rewards two hundredths.
 */
export const histogramScales = {
  latency: { least: 1, most: 600_000, buckets: 96, logarithmic: true },
  reward: { least: 0, most: 1, buckets: 50, logarithmic: false },
  rating: { least: 0.5, most: 5.5, buckets: 5, logarithmic: false },
} as const satisfies Record<string, HistogramScale>;

/** The lower edge of a bucket, counted from 0; the upper one is that of the next. */
export function edgeOf({ least, most, buckets, logarithmic }: HistogramScale, place: number): number {
  const share = place / buckets;
  return logarithmic ? least * (most / least) ** share : least + (most - least) * share;
}
