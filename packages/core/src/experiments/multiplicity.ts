/**
 * p-values adjusted for looking at many metrics or segments (Benjamini and Hochberg 1995, as step-up adjusted values):
 * calling those at most q leaves a share of at most q of the calls false, for independent or positively dependent
 * tests. In the order given; null (not measured) stays null and does not count.
 */
export function benjaminiHochberg(pValues: readonly (number | null)[]): (number | null)[] {
  const measured = pValues.flatMap((p, index) => (p === null ? [] : [{ p, index }]));
  const descending = measured.sort((a, b) => b.p - a.p);
  const adjusted: (number | null)[] = pValues.map(() => null);
  let smallest = 1;
  descending.forEach(({ p, index }, position) => {
    smallest = Math.min(smallest, (p * measured.length) / (measured.length - position));
    adjusted[index] = smallest;
  });
  return adjusted;
}
