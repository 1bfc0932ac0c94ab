import type { Estimate } from '../interval.ts';

/** Rare events of both arms over a time in which the arms' exposure kept its proportion. */
export interface EventStratum {
  treatment: number;
  control: number;
  /** The treatment's share of all exposure (users, answers), 0–1. */
  share: number;
}

/** The ratios, in logarithms, over which the mixture is spread: a normal of this deviation, on a grid. */
const DEVIATION = 1.5;
const WIDEST = 6;
const STEP = 0.1;

const grid: readonly { logRatio: number; weight: number }[] = (() => {
  const points = Array.from({ length: Math.round((2 * WIDEST) / STEP) + 1 }, (_, index) => {
    const logRatio = index * STEP - WIDEST;
    return { logRatio, weight: Math.exp(-0.5 * (logRatio / DEVIATION) ** 2) };
  });
  const total = points.reduce((sum, { weight }) => sum + weight, 0);
  return points.map(({ logRatio, weight }) => ({ logRatio, weight: weight / total }));
})();

/**
 * How many times as often an event happens with the treatment as with the control, with an interval that is valid
 * however often one looks and exact at every count. Given that an event happened, it fell on the treatment with the
 * chance θp / (θp + 1 − p), where p is the treatment's share of the exposure and θ the ratio of the rates (Przyborowski
 * and Wilenski 1940, "Homogeneity of results in testing samples from Poisson series"); the interval holds the ratios
 * that a mixture over θ does not speak against by more than 1 / alpha (Robbins 1970; Ville's inequality). n counts the
 * events. Infinite where only the treatment had any; NaN without events.
 */
export function rateRatioSequence(strata: readonly EventStratum[], alpha = 0.05): Estimate {
  const compared = strata.filter(({ share }) => share > 0 && share < 1);
  const events = { treatment: 0, control: 0 };
  for (const { treatment, control } of compared) {
    events.treatment += treatment;
    events.control += control;
  }
  const n = events.treatment + events.control;
  if (n === 0) return { value: Number.NaN, ci: [0, Infinity], n };
  const mixture = logMixture(compared);
  const evidence = (logRatio: number) => mixture - logLikelihood(compared, logRatio) + Math.log(alpha);
  const best = mostLikely(compared);
  const low = events.treatment === 0 ? 0 : Math.exp(crossing(evidence, -FAR, best));
  const high = events.control === 0 ? Infinity : Math.exp(crossing(evidence, FAR, best));
  const value = events.treatment === 0 ? 0 : events.control === 0 ? Infinity : Math.exp(best);
  return { value, ci: [low, high], n };
}

/** Beyond this logarithm a ratio is taken for none. */
const FAR = 30;

function logLikelihood(strata: readonly EventStratum[], logRatio: number): number {
  let sum = 0;
  for (const { treatment, control, share } of strata) {
    const odds = logRatio + Math.log(share) - Math.log1p(-share);
    // log of odds / (1 + odds) and of 1 / (1 + odds), without overflow.
    const either = odds > 0 ? odds + Math.log1p(Math.exp(-odds)) : Math.log1p(Math.exp(odds));
    sum += treatment * (odds - either) - control * either;
  }
  return sum;
}

function logMixture(strata: readonly EventStratum[]): number {
  const terms = grid.map(({ logRatio, weight }) => logLikelihood(strata, logRatio) + Math.log(weight));
  const largest = Math.max(...terms);
  return largest + Math.log(terms.reduce((sum, term) => sum + Math.exp(term - largest), 0));
}

/** Where the likelihood is highest, by halving its slope: the events expected at a ratio grow with it. */
function mostLikely(strata: readonly EventStratum[]): number {
  const surplus = (logRatio: number) =>
    strata.reduce((sum, { treatment, control, share }) => {
      const odds = (Math.exp(logRatio) * share) / (1 - share);
      return sum + treatment - ((treatment + control) * odds) / (1 + odds);
    }, 0);
  let [low, high] = [-FAR, FAR];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (surplus(middle) > 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Where evidence falls below 0 between a ratio that it rejects and the likeliest one, by halving. */
function crossing(evidence: (logRatio: number) => number, rejected: number, likeliest: number): number {
  let [out, inside] = [rejected, likeliest];
  for (let step = 0; step < 60; step++) {
    const middle = (out + inside) / 2;
    if (evidence(middle) > 0) out = middle;
    else inside = middle;
  }
  return inside;
}
