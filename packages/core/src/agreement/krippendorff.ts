import { bootstrap, type Estimate } from '../interval.ts';
import { type AgreementOptions, clustered } from './rating-clusters.ts';

/** How far apart two values are: different or not, by rank, or by their squared difference. */
export type MeasurementLevel = 'nominal' | 'ordinal' | 'interval';

/** Values that the judges of one thing gave it; null for none. */
export type RatedUnit = readonly (number | null)[];

/** Coincidences of two values within units: cell `a · classes + b` and how often, weighed by 1 / (ratings − 1). */
type Coincidences = ReadonlyMap<number, number>;

/**
 * Krippendorff's alpha: agreement of any number of judges, with gaps, beyond chance (Krippendorff 2011, "Computing
 * Krippendorff's Alpha-Reliability"). Units with fewer than two values do not count, neither in the value nor in n.
 * The interval is bootstrapped over units, or clusters of units, which n counts. NaN when all values are the same.
 *
 * @param units for each unit the values its judges gave; null for none
 */
export function krippendorffsAlpha(
  units: readonly RatedUnit[],
  level: MeasurementLevel,
  options: AgreementOptions,
): Estimate {
  const values = [...new Set(units.flat().filter((value) => value !== null))].sort((a, b) => a - b);
  const places = new Map(values.map((value, place) => [value, place]));
  const rated = clustered(units, options.clusters)
    .map((group) => coincidencesOf(group, places))
    .filter((counts) => counts.size > 0);
  // Summing what was counted once per cluster makes a resample cheap, however many units a cluster has.
  return bootstrap(
    rated.map((counts) => [counts]),
    (rows) => alphaOf(rows, values, level),
    options,
  );
}

function coincidencesOf(units: readonly RatedUnit[], places: ReadonlyMap<number, number>): Coincidences {
  const counts = new Map<number, number>();
  for (const unit of units) {
    const given = unit.flatMap((value) => (value === null ? [] : [places.get(value) ?? 0]));
    if (given.length >= 2) countPairs(given, places.size, counts);
  }
  return counts;
}

function countPairs(given: readonly number[], classes: number, counts: Map<number, number>): void {
  const weight = 1 / (given.length - 1);
  for (const [first, a] of given.entries()) {
    for (const [second, b] of given.entries()) {
      if (first === second) continue;
      const cell = a * classes + b;
      counts.set(cell, (counts.get(cell) ?? 0) + weight);
    }
  }
}

function alphaOf(rows: readonly Coincidences[], values: readonly number[], level: MeasurementLevel): number {
  const classes = values.length;
  const cells = new Float64Array(classes * classes);
  for (const counts of rows) for (const [cell, count] of counts) cells[cell]! += count;
  const totals = values.map((_, a) =>
    cells.subarray(a * classes, (a + 1) * classes).reduce((x, y) => x + y, 0),
  );
  const distance = squaredDistance(level, values, totals);
  let observed = 0;
  let expected = 0;
  for (let a = 0; a < classes; a++) {
    for (let b = 0; b < classes; b++) {
      const apart = distance(a, b);
      observed += cells[a * classes + b]! * apart;
      expected += totals[a]! * totals[b]! * apart;
    }
  }
  const n = totals.reduce((sum, total) => sum + total, 0);
  return expected === 0 ? Number.NaN : 1 - ((n - 1) * observed) / expected;
}

/** Squared distance of two values by their places; the ordinal one counts the values that lie between them. */
function squaredDistance(
  level: MeasurementLevel,
  values: readonly number[],
  totals: readonly number[],
): (a: number, b: number) => number {
  if (level === 'nominal') return (a, b) => (a === b ? 0 : 1);
  const scale = level === 'interval' ? values : middleRanks(totals);
  return (a, b) => (scale[a]! - scale[b]!) ** 2;
}

function middleRanks(totals: readonly number[]): number[] {
  let below = 0;
  return totals.map((total) => {
    const middle = below + total / 2;
    below += total;
    return middle;
  });
}
