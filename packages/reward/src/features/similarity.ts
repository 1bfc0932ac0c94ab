import type { Encoding } from '../embed/embedder.ts';
import { add, normalise } from '../embed/vectors.ts';
import { firstOccurrences, nearestTokens } from './nearest-tokens.ts';
import { type PackedTokens, packTokens } from './packed-tokens.ts';
import { BLOCK, bestWindowCosine, stretchCosine, tokenBlocks } from './token-blocks.ts';

/** Names of what `similarityFeatures` returns, in order. */
export const SIMILARITY_FEATURES = [
  'cosine',
  'cosine_opening',
  'cosine_best_window_32',
  'cosine_best_window_64',
  'maxsim',
  'maxsim_weighted',
  'maxsim_weighted_opening',
  'maxsim_lowest',
  'maxsim_lower_quartile',
  'matched_weight',
  'opening_on_topic',
] as const;

const OPENING_TOKENS = 64;
/** Question tokens compared one by one: a bound on work. */
const QUERY_TOKENS = 64;

/** The question's side, computed once for all of its answers. */
export interface SimilarityQuery {
  /** Pooled from the tokens, of their width. */
  vector: Float32Array;
  tokens: PackedTokens;
  weights: number[];
  ids: number[];
}

/** Reads the question's side of the comparison. */
export function similarityQuery(encoding: Encoding): SimilarityQuery {
  const vector = new Float32Array(encoding.tokens[0]?.length ?? 0);
  for (const block of tokenBlocks(encoding)) add(vector, block);
  normalise(vector);
  const first = firstOccurrences(encoding.tokens).slice(0, QUERY_TOKENS);
  return {
    vector,
    tokens: packTokens(first.map((index) => encoding.tokens[index]!)),
    weights: first.map((index) => encoding.weights[index]!),
    ids: first.map((index) => encoding.ids[index]!),
  };
}

/**
 * How near in meaning an answer is to its question: cosines of whole texts, of the opening, of the best window; and
 * late interaction over tokens (MaxSim: for each question token the nearest answer token; Khattab and Zaharia 2020,
 * ColBERT) as mean, weighted mean, minimum and lower quartile. All −1 to 1; 0 where a side has no tokens.
 */
export function similarityFeatures(query: SimilarityQuery, answer: Encoding): number[] {
  if (query.tokens.count === 0 || answer.tokens.length === 0) return SIMILARITY_FEATURES.map(() => 0);
  const blocks = tokenBlocks(answer);
  const nearest = nearestTokens(query.tokens, answer.tokens, OPENING_TOKENS);
  const sorted = Float64Array.from(nearest.whole).sort();
  const matched = new Set(answer.ids);
  return [
    stretchCosine(query.vector, blocks, 0, blocks.length),
    stretchCosine(query.vector, blocks, 0, OPENING_TOKENS / BLOCK),
    bestWindowCosine(query.vector, blocks, 32 / BLOCK),
    bestWindowCosine(query.vector, blocks, 64 / BLOCK),
    mean(nearest.whole),
    weightedMean(nearest.whole, query.weights),
    weightedMean(nearest.opening, query.weights),
    sorted[0]!,
    sorted[sorted.length >> 2]!,
    weightedMean(
      query.ids.map((id) => (matched.has(id) ? 1 : 0)),
      query.weights,
    ),
    nearest.onTopic,
  ];
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function weightedMean(values: readonly number[], weights: readonly number[]): number {
  let [sum, total] = [0, 0];
  values.forEach((value, index) => {
    sum += value * weights[index]!;
    total += weights[index]!;
  });
  return total === 0 ? 0 : sum / total;
}
