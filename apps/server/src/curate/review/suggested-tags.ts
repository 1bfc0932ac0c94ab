const MOST = 8;

/** Tags of similar items that an item lacks, most frequent first, then by name. */
export function suggestedTags(
  own: readonly string[],
  similar: readonly { readonly tags: readonly string[] }[],
): { tag: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const tag of similar.flatMap(({ tags }) => [...new Set(tags)])) {
    counts.set(tag, (counts.get(tag) ?? 0) + 1);
  }
  for (const tag of own) counts.delete(tag);
  return [...counts]
    .map(([tag, count]) => ({ tag, count }))
    .toSorted((a, b) => b.count - a.count || (a.tag < b.tag ? -1 : 1))
    .slice(0, MOST);
}
