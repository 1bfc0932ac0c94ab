/** Milliseconds of many requests, summed up. */
export interface Latencies {
  n: number;
  p50_ms: number;
  p95_ms: number;
  p99_ms: number;
  max_ms: number;
}

/** Those of one thing among several. */
export interface NamedLatencies extends Latencies {
  what: string;
}

/** Percentiles by nearest rank. */
export function summarise(milliseconds: readonly number[]): Latencies {
  const sorted = Float64Array.from(milliseconds).sort();
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
  const rounded = (value: number) => Math.round(value * 1000) / 1000;
  return {
    n: sorted.length,
    p50_ms: rounded(at(0.5)),
    p95_ms: rounded(at(0.95)),
    p99_ms: rounded(at(0.99)),
    max_ms: rounded(at(1)),
  };
}

/** Middle of a few numbers. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = Number.NaN, high = Number.NaN] = [sorted[middle - 1], sorted[middle]];
  return sorted.length % 2 === 1 ? high : (low + high) / 2;
}
