import type { Estimate } from '../interval.ts';
import { logGamma } from '../special-functions.ts';

const UNIFORM = 1;

/**
 * Interval for a share of independent trials that stays valid however often one looks, exact at every size: the shares
 * that a Beta(1, 1) mixture of likelihood ratios does not speak against by more than 1 / alpha (Robbins 1970,
 * "Statistical methods related to the law of the iterated logarithm"; Ville's inequality). For rare events, where the
 * asymptotic sequence of a mean would act on too few.
 * @throws RangeError unless 0 ≤ successes ≤ n
 */
export function shareSequence(successes: number, n: number, alpha = 0.05): Estimate {
  if (!(successes >= 0 && successes <= n)) throw new RangeError(`${successes} successes of ${n} trials`);
  if (n === 0) return { value: Number.NaN, ci: [0, 1], n };
  const value = successes / n;
  const evidence = (share: number) => mixtureEvidence(successes, n, share) + Math.log(alpha);
  const low = successes === 0 ? 0 : crossing(evidence, 0, value);
  const high = successes === n ? 1 : crossing(evidence, 1, value);
  return { value, ci: [low, high], n };
}

/** log of the mixture's likelihood over that of `share`. */
function mixtureEvidence(successes: number, n: number, share: number): number {
  const failures = n - successes;
  const mixture = logGamma(successes + UNIFORM) + logGamma(failures + UNIFORM) - logGamma(n + 2 * UNIFORM);
  const single =
    (successes === 0 ? 0 : successes * Math.log(share)) +
    (failures === 0 ? 0 : failures * Math.log1p(-share));
  return mixture - single;
}

/** Where evidence falls below 0 between a share that it rejects and the observed one, by halving. */
function crossing(evidence: (share: number) => number, rejected: number, observed: number): number {
  let [out, inside] = [rejected, observed];
  for (let step = 0; step < 60; step++) {
    const middle = (out + inside) / 2;
    if (evidence(middle) > 0) out = middle;
    else inside = middle;
  }
  return out;
}
