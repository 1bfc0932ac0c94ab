/** Rows in parts such that rows that share a key are in one part, in order of appearance (union–find). */
export function connectedParts<T>(
  rows: readonly T[],
  keysOf: (row: T) => readonly string[],
): { rows: T[] }[] {
  const parent = new Map<string, string>();
  const root = (node: string): string => {
    let top = node;
    for (let next = parent.get(top); next !== undefined; next = parent.get(top)) top = next;
    // Shorten the way for the next time.
    for (let at = node; at !== top; ) {
      const next = parent.get(at)!;
      parent.set(at, top);
      at = next;
    }
    return top;
  };
  const first = rows.map((row) => {
    const [key = '', ...others] = keysOf(row);
    for (const other of others) {
      const [one, two] = [root(key), root(other)];
      if (one !== two) parent.set(one, two);
    }
    return { row, key };
  });
  return [...Map.groupBy(first, ({ key }) => root(key)).values()].map((part) => ({
    rows: part.map(({ row }) => row),
  }));
}
