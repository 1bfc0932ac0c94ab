import { bandingFor, bandKeys, minHasher } from './minhash.ts';
import { jaccard } from './shingles.ts';

/** Remembers sets with a value each and finds the earliest one that is similar to another set. */
export interface SimilarIndex<T> {
  add(set: Set<number>, value: T): void;
  /** Value of the earliest set whose Jaccard similarity reaches the threshold. */
  earliest(set: Set<number>): T | undefined;
}

interface Entry<T> {
  set: Set<number>;
  value: T;
}

const SIGNATURE = 128;
const COMPARE_ALL_UP_TO = 64;

/**
 * An index for about `expected` sets. Up to 64 are compared one by one; above, MinHash and banding find which to
 * compare, missing at most about 1 % of the pairs that lie exactly at the threshold and fewer above. What is found is
 * always confirmed on the sets.
 * @throws RangeError unless 0 < threshold ≤ 1
 */
export function similarIndex<T>(expected: number, threshold: number): SimilarIndex<T> {
  if (!(threshold > 0 && threshold <= 1))
    throw new RangeError(`a similarity lies in 0 to 1, got ${threshold}`);
  return expected <= COMPARE_ALL_UP_TO ? exhaustiveIndex(threshold) : bandedIndex(threshold);
}

function exhaustiveIndex<T>(threshold: number): SimilarIndex<T> {
  const entries: Entry<T>[] = [];
  return {
    add: (set, value) => entries.push({ set, value }),
    earliest: (set) => entries.find((entry) => jaccard(entry.set, set) >= threshold)?.value,
  };
}

function bandedIndex<T>(threshold: number): SimilarIndex<T> {
  const signatureOf = minHasher(SIGNATURE);
  const banding = bandingFor(threshold, SIGNATURE);
  const entries: Entry<T>[] = [];
  const buckets = new Map<number, number[]>();
  // A set that is looked up and then added needs its signature once.
  let last: { set: Set<number>; keys: number[] } | undefined;
  const keysOf = (set: Set<number>) => {
    if (last?.set !== set) last = { set, keys: bandKeys(signatureOf(set), banding) };
    return last.keys;
  };
  return {
    add(set, value) {
      for (const key of keysOf(set)) {
        const bucket = buckets.get(key);
        if (bucket === undefined) buckets.set(key, [entries.length]);
        else bucket.push(entries.length);
      }
      entries.push({ set, value });
    },
    earliest(set) {
      const places = new Set(keysOf(set).flatMap((key) => buckets.get(key) ?? []));
      const ordered = [...places].sort((a, b) => a - b);
      const found = ordered.find((place) => jaccard(entries[place]!.set, set) >= threshold);
      return found === undefined ? undefined : entries[found]!.value;
    },
  };
}
