import { jaccard, shingles } from './shingles.ts';
import { similarIndex } from './similar-index.ts';
import { words } from './words.ts';

/** An item that stays and the later items that say nearly the same. */
export interface DuplicateGroup<T> {
  kept: T;
  merged: T[];
}

export interface NearDuplicateOptions {
  /** Jaccard similarity of word shingles from which two texts are one; default 0.8. */
  threshold?: number;
  /** Words in a shingle; default 3. */
  size?: number;
}

/** Similarity of two texts, 0–1: Jaccard of their word shingles. */
export function textSimilarity(a: string, b: string, size = 3): number {
  return jaccard(shingles(a, size), shingles(b, size));
}

/**
 * Merges near-duplicates in order: each item joins the first kept item it is similar to, or is kept. Texts of the same
 * words are always merged. Exact for up to 64 items; see {@link similarIndex} for more, where time grows with the
 * number of items.
 * @throws RangeError unless 0 < threshold ≤ 1
 */
export function mergeNearDuplicates<T>(
  items: readonly T[],
  textOf: (item: T) => string,
  { threshold = 0.8, size = 3 }: NearDuplicateOptions = {},
): DuplicateGroup<T>[] {
  const index = similarIndex<T[]>(items.length, threshold);
  const byWords = new Map<string, T[]>();
  const seen = new Map<string, number>();
  const groups: T[][] = [];
  const similarOrNew = (text: string): T[] => {
    const set = shingles(text, size, seen);
    const similar = index.earliest(set);
    if (similar !== undefined) return similar;
    const group: T[] = [];
    groups.push(group);
    index.add(set, group);
    return group;
  };
  for (const item of items) {
    const text = textOf(item);
    const key = words(text).join(' ') || text;
    const group = byWords.get(key) ?? similarOrNew(text);
    group.push(item);
    byWords.set(key, group);
  }
  return groups.map(([kept, ...merged]) => ({ kept: kept!, merged }));
}
