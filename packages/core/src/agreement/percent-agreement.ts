import { bootstrap, type Estimate } from '../interval.ts';
import { mean } from '../moments.ts';
import { type AgreementOptions, clustered } from './rating-clusters.ts';

/**
 * Share of pairs of judgements of one unit that agree, averaged over units with two or more, which alone count; NaN
 * without one. The interval is bootstrapped over units, or clusters of units, which n counts.
 */
export function percentAgreement<T>(units: readonly (readonly T[])[], options: AgreementOptions): Estimate {
  const groups = clustered(units, options.clusters)
    .map((group) => group.filter((unit) => unit.length >= 2).map(agreeingPairs))
    .filter((shares) => shares.length > 0);
  return bootstrap(groups, mean, options);
}

function agreeingPairs<T>(unit: readonly T[]): number {
  const counts = new Map<T, number>();
  for (const value of unit) counts.set(value, (counts.get(value) ?? 0) + 1);
  let agreeing = 0;
  for (const count of counts.values()) agreeing += count * (count - 1);
  return agreeing / (unit.length * (unit.length - 1));
}
