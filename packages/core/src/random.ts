/**
 * Repeatable random numbers, uniform in [0, 1) with 32 bits of resolution.
 *
 * mulberry32 by Tommy Ettinger (public domain): a Weyl sequence through a murmur-style finaliser. One 32-bit state,
 * period 2^32: enough for resampling and shuffling, never for secrets.
 *
 * @param seed any finite number; its lowest 32 bits count
 */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A new array in random order (Fisher–Yates; Durstenfeld 1964). The input stays as it is. */
export function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const result = [...items];
  for (let last = result.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [result[last], result[other]] = [result[other]!, result[last]!];
  }
  return result;
}
