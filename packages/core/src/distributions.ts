import { incompleteBeta, upperGamma } from './special-functions.ts';

/** P(Z ≤ z) for a standard normal Z. */
export function normalCdf(z: number): number {
  const tail = 0.5 * upperGamma(0.5, (z * z) / 2);
  return z < 0 ? tail : 1 - tail;
}

/** The z with P(Z ≤ z) = p, 0 < p < 1; infinite at the ends. */
export function normalQuantile(p: number): number {
  return symmetricQuantile(p, normalCdf);
}

/** P(T ≤ t) for Student's t with `df` > 0 degrees of freedom (DLMF 8.17, Abramowitz and Stegun 26.7.1). */
export function studentCdf(t: number, df: number): number {
  const tail = 0.5 * incompleteBeta(df / (df + t * t), df / 2, 0.5);
  return t < 0 ? tail : 1 - tail;
}

/** The t with P(T ≤ t) = p, 0 < p < 1, `df` > 0 degrees of freedom; infinite at the ends. */
export function studentQuantile(p: number, df: number): number {
  return symmetricQuantile(p, (t) => studentCdf(t, df));
}

/** P(X ≥ x) for a chi-square X with `df` > 0 degrees of freedom: the p-value of a chi-square test. */
export function chiSquareTail(x: number, df: number): number {
  return upperGamma(df / 2, x / 2);
}

/** Inverts a distribution symmetric about 0 in its lower tail, where no digits cancel. */
function symmetricQuantile(p: number, cdf: (x: number) => number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`a probability lies in 0 to 1, got ${p}`);
  if (p === 0.5) return 0;
  if (p > 0.5) return -symmetricQuantile(1 - p, cdf);
  if (p === 0) return -Infinity;
  let low = -1;
  while (cdf(low) > p) low *= 2;
  return rootBetween((x) => Math.log(Math.max(cdf(x), Number.MIN_VALUE) / p), low, 0);
}

/** Where an increasing function crosses 0 between two points, by the Illinois form of false position (Dowell and Jarratt 1971). */
function rootBetween(f: (x: number) => number, low: number, high: number): number {
  let [left, right] = [low, high];
  let [fLeft, fRight] = [f(left), f(right)];
  let side = 0;
  for (let step = 0; step < 200 && right - left > 1e-15 * Math.abs(left); step++) {
    const middle = (left * fRight - right * fLeft) / (fRight - fLeft);
    const value = f(middle);
    if (value === 0 || middle <= left || middle >= right) return middle;
    if (value < 0) {
      [left, fLeft] = [middle, value];
      if (side === -1) fRight /= 2;
      side = -1;
    } else {
      [right, fRight] = [middle, value];
      if (side === 1) fLeft /= 2;
      side = 1;
    }
  }
  return (left + right) / 2;
}
