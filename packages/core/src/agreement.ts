import { type BootstrapOptions, bootstrap, type Estimate } from './interval.ts';
import { mean } from './moments.ts';

/** How far apart two values are: different or not, by rank, or by their squared difference. */
export type MeasurementLevel = 'nominal' | 'ordinal' | 'interval';

/**
 * Cohen's kappa of two judges who judged the same items: agreement beyond chance, 1 at most (Cohen 1960). The interval
 * is bootstrapped over items, which n counts. NaN when both always give one and the same judgement.
 */
export function cohensKappa<T extends string | number | boolean>(
  judgements: readonly (readonly [T, T])[],
  options: BootstrapOptions,
): Estimate {
  return bootstrap(
    judgements.map((item) => [item]),
    kappaOf,
    options,
  );
}

function kappaOf<T>(items: readonly (readonly [T, T])[]): number {
  const [first, second] = [new Map<T, number>(), new Map<T, number>()];
  let agreed = 0;
  for (const [a, b] of items) {
    first.set(a, (first.get(a) ?? 0) + 1);
    second.set(b, (second.get(b) ?? 0) + 1);
    if (a === b) agreed++;
  }
  let chance = 0;
  for (const [value, count] of first) chance += (count * (second.get(value) ?? 0)) / items.length ** 2;
  return chance === 1 ? Number.NaN : (agreed / items.length - chance) / (1 - chance);
}

/**
 * Krippendorff's alpha: agreement of any number of judges, with gaps, beyond chance (Krippendorff 2011, "Computing
 * Krippendorff's Alpha-Reliability"). Units with fewer than two values do not count, neither in the value nor in n.
 * The interval is bootstrapped over units. NaN when all values are the same.
 *
 * @param units for each unit the values its judges gave; null for none
 */
export function krippendorffsAlpha(
  units: readonly (readonly (number | null)[])[],
  level: MeasurementLevel,
  options: BootstrapOptions,
): Estimate {
  const judged = units
    .map((unit) => unit.filter((value) => value !== null))
    .filter((unit) => unit.length >= 2);
  return bootstrap(
    judged.map((unit) => [unit]),
    (rows) => alphaOf(rows, level),
    options,
  );
}

function alphaOf(units: readonly (readonly number[])[], level: MeasurementLevel): number {
  const counts = new Map<number, number>();
  for (const value of units.flat()) counts.set(value, (counts.get(value) ?? 0) + 1);
  const distance = squaredDistance(level, counts);
  let observed = 0;
  for (const unit of units) {
    for (const a of unit) for (const b of unit) observed += distance(a, b) / (unit.length - 1);
  }
  const n = units.reduce((sum, unit) => sum + unit.length, 0);
  let expected = 0;
  for (const [a, countA] of counts)
    for (const [b, countB] of counts) expected += countA * countB * distance(a, b);
  return expected === 0 ? Number.NaN : 1 - ((n - 1) * observed) / expected;
}

/** Squared distance of two values; the ordinal one counts the values that lie between them. */
function squaredDistance(
  level: MeasurementLevel,
  counts: ReadonlyMap<number, number>,
): (a: number, b: number) => number {
  if (level === 'nominal') return (a, b) => (a === b ? 0 : 1);
  if (level === 'interval') return (a, b) => (a - b) ** 2;
  const places = new Map<number, number>();
  let below = 0;
  for (const value of [...counts.keys()].sort((a, b) => a - b)) {
    const count = counts.get(value)!;
    places.set(value, below + count / 2);
    below += count;
  }
  return (a, b) => (places.get(a)! - places.get(b)!) ** 2;
}

/** Share of pairs of judgements of one item that agree, over items with two or more; NaN without one. */
export function rawAgreement<T>(items: readonly (readonly T[])[]): number {
  const shares = items.filter((item) => item.length >= 2).map(agreeingPairs);
  return mean(shares);
}

function agreeingPairs<T>(item: readonly T[]): number {
  const counts = new Map<T, number>();
  for (const value of item) counts.set(value, (counts.get(value) ?? 0) + 1);
  let agreeing = 0;
  for (const count of counts.values()) agreeing += count * (count - 1);
  return agreeing / (item.length * (item.length - 1));
}
