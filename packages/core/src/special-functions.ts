const TINY = 1e-300;
const PRECISION = 1e-16;
const MAX_TERMS = 10_000;

/** Natural logarithm of Γ(x), x > 0. Stirling's series after shifting x above 10 (DLMF 5.11.1 and 5.5.1). */
export function logGamma(x: number): number {
  if (!(x > 0)) throw new RangeError(`logGamma needs x > 0, got ${x}`);
  let shift = 0;
  let z = x;
  while (z < 10) shift += Math.log(z++);
  const w = 1 / (z * z);
  const series =
    (1 / 12 - w * (1 / 360 - w * (1 / 1260 - w * (1 / 1680 - w * (1 / 1188 - w * (691 / 360360)))))) / z;
  return (z - 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI) + series - shift;
}

/**
 * Value of b0 + a1/(b1 + a2/(b2 + …)) by the modified Lentz method (Thompson and Barnett 1986).
 * @param term gives [a_k, b_k] for k = 1, 2, …
 */
function continuedFraction(b0: number, term: (k: number) => [number, number]): number {
  let value = b0 || TINY;
  let c = value;
  let d = 0;
  for (let k = 1; k <= MAX_TERMS; k++) {
    const [a, b] = term(k);
    d = 1 / (b + a * d || TINY);
    c = b + a / c || TINY;
    value *= c * d;
    if (Math.abs(c * d - 1) < PRECISION * 4) break;
  }
  return value;
}

/** Regularised upper incomplete gamma Q(a, x), a > 0, x ≥ 0 (DLMF 8.11.4 below a + 1, continued fraction 8.9.2 above). */
export function upperGamma(a: number, x: number): number {
  if (x <= 0) return 1;
  const front = Math.exp(a * Math.log(x) - x - logGamma(a));
  if (x >= a + 1) return front / continuedFraction(x + 1 - a, (k) => [-k * (k - a), x + 2 * k + 1 - a]);
  let term = 1 / a;
  let sum = term;
  for (let k = 1; k <= MAX_TERMS && term > sum * PRECISION; k++) {
    term *= x / (a + k);
    sum += term;
  }
  return 1 - front * sum;
}

/** Regularised incomplete beta I_x(a, b), a, b > 0, 0 ≤ x ≤ 1 (continued fraction, DLMF 8.17.22; symmetry 8.17.4). */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const front = a * Math.log(x) + b * Math.log1p(-x) + logGamma(a + b) - logGamma(a) - logGamma(b);
  const fraction = continuedFraction(1, (k) => [betaTerm(k, x, a, b), 1]);
  return Math.exp(front) / (a * fraction);
}

function betaTerm(k: number, x: number, a: number, b: number): number {
  const m = Math.floor(k / 2);
  if (k % 2 === 0) return (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
  return (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
}
