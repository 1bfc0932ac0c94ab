/**
 * A generator that hears at once when its reader leaves. A generator's own `return()` waits for the step under way,
 * which here may wait for news that never comes.
 */
export function untilLeft<Item>(
  signal: AbortSignal,
  generate: (left: AbortSignal) => AsyncGenerator<Item>,
): AsyncIterable<Item> {
  const left = new AbortController();
  const items = generate(AbortSignal.any([signal, left.signal]));
  return {
    [Symbol.asyncIterator]: () => ({
      next: () => items.next(),
      return: () => {
        left.abort();
        return items.return(undefined);
      },
    }),
  };
}
