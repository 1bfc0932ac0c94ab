/** How far apart two values are: different or not, by rank, or by their squared difference. */
export type MeasurementLevel = 'nominal' | 'ordinal' | 'interval';

/** Coincidences of two values within units: cell `a · classes + b` of the places of the values, and how often. */
export type Coincidences = ReadonlyMap<number, number>;

/** Counts that two values, by their places, stand together. */
export function countCoincidence(
  counts: Map<number, number>,
  classes: number,
  [a, b]: readonly [number, number],
  weight: number,
): void {
  const cell = a * classes + b;
  counts.set(cell, (counts.get(cell) ?? 0) + weight);
}

/** Disagreement within units, and what values drawn from all units would give (Krippendorff 2011). */
export interface Disagreement {
  readonly observed: number;
  readonly expected: number;
}

/** Sums up coincidences. @param values the values by their places, ascending */
export function disagreementOf(
  rows: readonly Coincidences[],
  values: readonly number[],
  level: MeasurementLevel,
): Disagreement {
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
  return { observed, expected: expected === 0 ? 0 : expected / (n - 1) };
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
