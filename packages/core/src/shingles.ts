import { mix32, murmur3 } from './hash.ts';
import { words } from './words.ts';

/**
 * Hashes of the runs of `size` words in a text, without repeats; a shorter text is one run, and
 * one without words (an emoji) stands for itself. Word hashes are kept in
 * `seen`, so that a large set of texts hashes each word once.
 */
export function shingles(text: string, size = 3, seen: Map<string, number> = new Map()): Set<number> {
  const hashes = words(text).map((word) => hashOf(word, seen));
  if (hashes.length === 0) return new Set([murmur3(text.trim())]);
  const runs = new Set<number>();
  for (let at = 0; at <= Math.max(0, hashes.length - size); at++) {
    let run = 0;
    for (let k = at; k < Math.min(at + size, hashes.length); k++)
      run = mix32(Math.imul(run, 31) + hashes[k]!);
    runs.add(run);
  }
  return runs;
}

function hashOf(word: string, seen: Map<string, number>): number {
  let hash = seen.get(word);
  if (hash === undefined) {
    hash = murmur3(word);
    seen.set(word, hash);
  }
  return hash;
}

/** Shared members as a share of all members, 0–1 (Jaccard 1901); 1 for two empty sets. */
export function jaccard(a: ReadonlySet<number>, b: ReadonlySet<number>): number {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a];
  let shared = 0;
  for (const member of small) if (large.has(member)) shared++;
  const all = a.size + b.size - shared;
  return all === 0 ? 1 : shared / all;
}
