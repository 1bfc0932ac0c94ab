/** Names for the ends and the middle of three levels; other scales have numbers alone. */
export function strengthWord(
  { strength_levels }: { readonly strength_levels: number },
  level: number,
  words: { one: string; middle: string; most: string },
): string | undefined {
  if (level === 1) return words.one;
  if (level === strength_levels) return words.most;
  return strength_levels === 3 ? words.middle : undefined;
}
