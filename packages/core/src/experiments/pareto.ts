/**
 * Those that no other beats: another is at least as good in every objective and better in one (Pareto dominance).
 * In the order given.
 * @param objectives of an item, larger is better, as many for each
 */
export function paretoFront<T>(items: readonly T[], objectives: (item: T) => readonly number[]): T[] {
  const values = items.map(objectives);
  return items.filter((_, index) => !values.some((other) => dominates(other, values[index]!)));
}

function dominates(a: readonly number[], b: readonly number[]): boolean {
  return a.every((value, k) => value >= b[k]!) && a.some((value, k) => value > b[k]!);
}
