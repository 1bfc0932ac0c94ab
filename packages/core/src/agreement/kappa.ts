import { bootstrap, type Estimate } from '../interval.ts';
import { type AgreementOptions, clustered } from './rating-clusters.ts';

/** How bad it is that two judges differ, 0 for alike. */
export type Disagreement<T> = (a: T, b: T) => number;

/** Every difference counts the same: plain kappa (Cohen 1960). */
export function anyDifference(a: unknown, b: unknown): number {
  return a === b ? 0 : 1;
}

/** The squared difference: quadratic weights (Cohen 1968; Fleiss and Cohen 1973). */
export function squaredDifference(a: number, b: number): number {
  return (a - b) ** 2;
}

/**
 * Cohen's kappa of two judges who judged the same items: agreement beyond chance, 1 at most (Cohen 1960; with weights
 * Cohen 1968). The interval is bootstrapped over items, or clusters of items, which n counts. NaN when both always
 * give one and the same judgement.
 */
export function cohensKappa<T extends string | number | boolean>(
  judgements: readonly (readonly [T, T])[],
  options: AgreementOptions,
  disagreement: Disagreement<T> = anyDifference,
): Estimate {
  return bootstrap(clustered(judgements, options.clusters), (items) => kappaOf(items, disagreement), options);
}

function kappaOf<T>(items: readonly (readonly [T, T])[], disagreement: Disagreement<T>): number {
  const [first, second] = [new Map<T, number>(), new Map<T, number>()];
  let observed = 0;
  for (const [a, b] of items) {
    first.set(a, (first.get(a) ?? 0) + 1);
    second.set(b, (second.get(b) ?? 0) + 1);
    observed += disagreement(a, b);
  }
  let chance = 0;
  for (const [a, countA] of first) {
    for (const [b, countB] of second) chance += countA * countB * disagreement(a, b);
  }
  return chance === 0 ? Number.NaN : 1 - (observed * items.length) / chance;
}
