import { bandingFor, bandKeys, minHasher } from './minhash.ts';
import { jaccard, shingles } from './shingles.ts';
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

const SIGNATURE = 128;
const COMPARE_ALL_UP_TO = 64;

/** Similarity of two texts, 0–1: Jaccard of their word shingles. */
export function textSimilarity(a: string, b: string, size = 3): number {
  return jaccard(shingles(a, size), shingles(b, size));
}

/**
 * Merges near-duplicates in order: each item joins the first kept item it is similar to, or is kept. Texts of the same
 * words are always merged; every other merge is confirmed on the shingles themselves. Up to 64 items each is compared
 * with each kept one; above, MinHash and banding find whom to compare, missing at most about 1 % of the pairs that lie
 * exactly at the threshold and fewer above, in time that grows with the number of items.
 *
 * @throws RangeError unless 0 < threshold ≤ 1
 */
export function mergeNearDuplicates<T>(
  items: readonly T[],
  textOf: (item: T) => string,
  { threshold = 0.8, size = 3 }: NearDuplicateOptions = {},
): DuplicateGroup<T>[] {
  if (!(threshold > 0 && threshold <= 1))
    throw new RangeError(`a similarity lies in 0 to 1, got ${threshold}`);
  const index = items.length <= COMPARE_ALL_UP_TO ? everyKept<T>() : bandedKept<T>(threshold);
  const byWords = new Map<string, T[]>();
  const seen = new Map<string, number>();
  const groups: T[][] = [];
  const similarOrNew = (text: string): T[] => {
    const set = shingles(text, size, seen);
    const similar = index.near(set).find((rival) => jaccard(rival.set, set) >= threshold);
    if (similar !== undefined) return similar.group;
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

interface Kept<T> {
  set: Set<number>;
  group: T[];
}

/** Finds kept items worth comparing with a set, earliest first. */
interface KeptIndex<T> {
  near(set: Set<number>): Kept<T>[];
  add(set: Set<number>, group: T[]): void;
}

function everyKept<T>(): KeptIndex<T> {
  const all: Kept<T>[] = [];
  return { near: () => all, add: (set, group) => all.push({ set, group }) };
}

function bandedKept<T>(threshold: number): KeptIndex<T> {
  const signatureOf = minHasher(SIGNATURE);
  const banding = bandingFor(threshold, SIGNATURE);
  const all: Kept<T>[] = [];
  const buckets = new Map<number, number[]>();
  let last: { set: Set<number>; keys: number[] } | undefined;
  const keysOf = (set: Set<number>) => {
    if (last?.set !== set) last = { set, keys: bandKeys(signatureOf(set), banding) };
    return last.keys;
  };
  return {
    near(set) {
      const numbers = new Set(keysOf(set).flatMap((key) => buckets.get(key) ?? []));
      return [...numbers].sort((a, b) => a - b).map((number) => all[number]!);
    },
    add(set, group) {
      for (const key of keysOf(set)) {
        const bucket = buckets.get(key);
        if (bucket === undefined) buckets.set(key, [all.length]);
        else bucket.push(all.length);
      }
      all.push({ set, group });
    },
  };
}
