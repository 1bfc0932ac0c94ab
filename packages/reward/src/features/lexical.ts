import type { WordRarity } from './word-rarity.ts';

/** Names of what `lexicalFeatures` returns, in order. */
export const LEXICAL_FEATURES = [
  'tfidf_cosine',
  'tfidf_cosine_opening',
  'tfidf_cosine_best_window',
  'overlap',
  'overlap_opening',
  'overlap_rare',
  'overlap_rare_opening',
  'overlap_word_pairs',
] as const;

const OPENING_WORDS = 50;
const WINDOW = 40;
const STRIDE = 20;
/** Windows beyond these words are not compared: a bound on work that few answers reach. */
const WINDOWED_WORDS = 2000;

/** The question's side, computed once for all of its answers. */
export interface LexicalQuery {
  counts: Map<number, number>;
  wordPairs: Set<number>;
  norm: number;
  rarity: WordRarity;
  totalRarity: number;
}

/** @param words hashes of the question's words */
export function lexicalQuery(words: Uint32Array, rarity: WordRarity): LexicalQuery {
  const counts = countWords(words);
  let totalRarity = 0;
  for (const word of counts.keys()) totalRarity += rarity.of(word);
  return { counts, wordPairs: wordPairsOf(words), norm: tfidfNorm(counts, rarity), rarity, totalRarity };
}

/**
 * How much of a question's wording an answer shares: TF-IDF cosines (whole, opening, best window of 40 words) and
 * shares of question words found (plain, weighted by rarity, adjacent pairs). All 0–1; 0 where a side has no words.
 */
export function lexicalFeatures(query: LexicalQuery, words: Uint32Array): number[] {
  const opening = words.subarray(0, OPENING_WORDS);
  const [counts, openingCounts] = [countWords(words), countWords(opening)];
  return [
    cosine(query, counts),
    cosine(query, openingCounts),
    bestWindow(query, words),
    overlap(query, counts),
    overlap(query, openingCounts),
    rareOverlap(query, counts),
    rareOverlap(query, openingCounts),
    pairOverlap(query, words),
  ];
}

function countWords(words: Uint32Array): Map<number, number> {
  const counts = new Map<number, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

function tfidfNorm(counts: Map<number, number>, rarity: WordRarity): number {
  let sum = 0;
  for (const [word, count] of counts) sum += (count * rarity.of(word)) ** 2;
  return Math.sqrt(sum);
}

function cosine({ counts, norm, rarity }: LexicalQuery, other: Map<number, number>): number {
  const product = norm * tfidfNorm(other, rarity);
  if (product === 0) return 0;
  let sum = 0;
  for (const [word, count] of counts) sum += count * (other.get(word) ?? 0) * rarity.of(word) ** 2;
  return sum / product;
}

function bestWindow(query: LexicalQuery, words: Uint32Array): number {
  let best = 0;
  const end = Math.min(words.length, WINDOWED_WORDS);
  for (let start = 0; start === 0 || start + STRIDE < end; start += STRIDE) {
    const window = words.subarray(start, start + WINDOW);
    if (window.some((word) => query.counts.has(word)))
      best = Math.max(best, cosine(query, countWords(window)));
  }
  return best;
}

function overlap({ counts }: LexicalQuery, other: Map<number, number>): number {
  if (counts.size === 0) return 0;
  let found = 0;
  for (const word of counts.keys()) if (other.has(word)) found++;
  return found / counts.size;
}

function rareOverlap({ counts, rarity, totalRarity }: LexicalQuery, other: Map<number, number>): number {
  if (totalRarity === 0) return 0;
  let found = 0;
  for (const word of counts.keys()) if (other.has(word)) found += rarity.of(word);
  return found / totalRarity;
}

function pairOverlap({ wordPairs }: LexicalQuery, words: Uint32Array): number {
  if (wordPairs.size === 0) return 0;
  const found = new Set<number>();
  for (let i = 1; i < words.length; i++) {
    const pair = wordPair(words, i);
    if (wordPairs.has(pair)) found.add(pair);
  }
  return found.size / wordPairs.size;
}

function wordPairsOf(words: Uint32Array): Set<number> {
  const pairs = new Set<number>();
  for (let i = 1; i < words.length; i++) pairs.add(wordPair(words, i));
  return pairs;
}

/** The word at `index` and the one before it as one number. */
function wordPair(words: Uint32Array, index: number): number {
  return Math.imul(words[index - 1]!, 31) ^ words[index]!;
}
