/** The digit that chooses the thing at a position: 1 to 9, then 0; null from the eleventh on. */
export function digitOf(index: number): string | null {
  if (index >= 10) return null;
  return String((index + 1) % 10);
}
