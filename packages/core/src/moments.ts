/** Size, mean and unbiased variance of a sample. */
export interface Moments {
  n: number;
  mean: number;
  variance: number;
}

/** Arithmetic mean; NaN when empty. */
export function mean(values: readonly number[]): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/** Unbiased variance (divides by n − 1); NaN below two values. */
export function variance(values: readonly number[]): number {
  const centre = mean(values);
  let sum = 0;
  for (const value of values) sum += (value - centre) ** 2;
  return values.length < 2 ? Number.NaN : sum / (values.length - 1);
}

/** Size, mean and variance of values. */
export function momentsOf(values: readonly number[]): Moments {
  return { n: values.length, mean: mean(values), variance: variance(values) };
}
