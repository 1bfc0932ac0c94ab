/** Heights of bars in percent of the tallest; what is there at all stays visible (6 % at least). */
export function barHeights(counts: readonly number[]): number[] {
  const tallest = Math.max(...counts, 1);
  return counts.map((count) => (count === 0 ? 0 : Math.max(6, (100 * count) / tallest)));
}
