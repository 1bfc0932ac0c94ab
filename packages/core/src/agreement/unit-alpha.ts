import { momentsOf } from '../moments.ts';

/**
 * How far the judges of each unit agree, on the scale of Krippendorff's alpha with interval distances: 1 where they agree
 * wholly, 0 where they differ as much as values drawn from all units, below where they differ more. Alpha is the mean of
 * these, weighted with the values of a unit: it is 1 − Dₒ/Dₑ, and both are means of squared differences, which are twice
 * a variance (Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability").
 *
 * @param units for each unit the values its judges gave
 * @returns for each unit its share; null with fewer than two values, and 1 where all values of all units are the same
 */
export function unitAlphas(units: readonly (readonly number[])[]): (number | null)[] {
  const judged = units.filter((values) => values.length >= 2);
  const expected = momentsOf(judged.flat()).variance;
  return units.map((values) => {
    if (values.length < 2) return null;
    return expected === 0 ? 1 : 1 - momentsOf(values).variance / expected;
  });
}
