import { type Estimate, wilson } from '../interval.ts';

/** Successes out of trials. */
export interface Count {
  successes: number;
  n: number;
}

/**
 * Share of a less that of b with Newcombe's hybrid score interval (Newcombe 1998, "Interval estimation for the
 * difference between independent proportions", method 10). n counts both samples. The value is NaN and the interval
 * all of [−1, 1] while either sample is empty.
 */
export function shareDifference(a: Count, b: Count, confidence = 0.95): Estimate {
  const n = a.n + b.n;
  if (a.n === 0 || b.n === 0) return { value: Number.NaN, ci: [-1, 1], n };
  const [pa, pb] = [wilson(a.successes, a.n, confidence), wilson(b.successes, b.n, confidence)];
  const value = pa.value - pb.value;
  const down = Math.hypot(pa.value - pa.ci[0], pb.ci[1] - pb.value);
  const up = Math.hypot(pa.ci[1] - pa.value, pb.value - pb.ci[0]);
  return { value, ci: [value - down, value + up], n };
}
