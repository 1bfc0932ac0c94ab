import { bootstrap, type Estimate } from '../interval.ts';
import {
  type Coincidences,
  countCoincidence,
  disagreementOf,
  type MeasurementLevel,
} from './coincidences.ts';
import { type AgreementOptions, clustered } from './rating-clusters.ts';

export type { MeasurementLevel } from './coincidences.ts';

/** Values that the judges of one thing gave it; null for none. */
export type RatedUnit = readonly (number | null)[];

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
    (rows) => {
      const { observed, expected } = disagreementOf(rows, values, level);
      return expected === 0 ? Number.NaN : 1 - observed / expected;
    },
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
      if (first !== second) countCoincidence(counts, classes, [a, b], weight);
    }
  }
}
