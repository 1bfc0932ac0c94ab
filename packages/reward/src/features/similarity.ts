import type { Encoding } from '../embed/embedder.ts';
import { addScaled, dot, normalise } from '../embed/vectors.ts';

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
  vector: Float32Array;
  tokens: Float32Array[];
  weights: number[];
  ids: number[];
}

/** Repeated tokens of a static embedder are one and the same row; they are compared once. */
export function similarityQuery(encoding: Encoding): SimilarityQuery {
  const first = firstOccurrences(encoding.tokens).slice(0, QUERY_TOKENS);
  return {
    vector: encoding.vector,
    tokens: first.map((index) => encoding.tokens[index]!),
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
  const nearest = nearestTokens(query, answer.tokens);
  const sorted = Float64Array.from(nearest.whole).sort();
  const matched = new Set(answer.ids);
  return [
    dot(query.vector, answer.vector),
    dot(query.vector, pooled(answer, 0, OPENING_TOKENS)),
    bestWindow(query.vector, answer, 32),
    bestWindow(query.vector, answer, 64),
    mean(nearest.whole),
    weightedMean(nearest.whole, query.weights),
    weightedMean(nearest.opening, query.weights),
    sorted[0] ?? 0,
    sorted[sorted.length >> 2] ?? 0,
    weightedMean(
      query.ids.map((id) => (matched.has(id) ? 1 : 0)),
      query.weights,
    ),
    nearest.onTopic,
  ];
}

function firstOccurrences(tokens: readonly Float32Array[]): number[] {
  const seen = new Set<Float32Array>();
  const indices: number[] = [];
  tokens.forEach((token, index) => {
    if (seen.has(token)) return;
    seen.add(token);
    indices.push(index);
  });
  return indices;
}

interface NearestTokens {
  /** Per question token: similarity of the nearest answer token. */
  whole: number[];
  /** The same within the answer's opening. */
  opening: number[];
  /** Mean over the opening's distinct tokens of the similarity of the nearest question token. */
  onTopic: number;
}

function nearestTokens(query: SimilarityQuery, tokens: readonly Float32Array[]): NearestTokens {
  const count = query.tokens.length;
  const distinct = firstOccurrences(tokens);
  if (count === 0 || distinct.length === 0) {
    return { whole: query.tokens.map(() => 0), opening: query.tokens.map(() => 0), onTopic: 0 };
  }
  const whole: number[] = new Array(count).fill(-1);
  const opening: number[] = new Array(count).fill(-1);
  let [topicSum, topicCount] = [0, 0];
  for (const index of distinct) {
    const token = tokens[index]!;
    const early = index < OPENING_TOKENS;
    let best = -1;
    for (let q = 0; q < count; q++) {
      const similarity = dot(query.tokens[q]!, token);
      if (similarity > best) best = similarity;
      if (similarity > whole[q]!) whole[q] = similarity;
      if (early && similarity > opening[q]!) opening[q] = similarity;
    }
    if (early) {
      topicSum += best;
      topicCount++;
    }
  }
  return { whole, opening, onTopic: topicSum / topicCount };
}

/** The vector of a stretch of tokens, as the embedder would pool it. */
function pooled({ tokens, weights, vector }: Encoding, start: number, end: number): Float32Array {
  const sum = new Float32Array(vector.length);
  for (let i = start; i < Math.min(end, tokens.length); i++) addScaled(sum, tokens[i]!, weights[i]!);
  normalise(sum);
  return sum;
}

/** Highest cosine of the question with a window of tokens; windows overlap by half. */
function bestWindow(query: Float32Array, answer: Encoding, size: number): number {
  let best = dot(query, pooled(answer, 0, size));
  for (let start = size / 2; start + size / 2 < answer.tokens.length; start += size / 2) {
    best = Math.max(best, dot(query, pooled(answer, start, start + size)));
  }
  return best;
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function weightedMean(values: readonly number[], weights: readonly number[]): number {
  let [sum, total] = [0, 0];
  values.forEach((value, index) => {
    sum += value * weights[index]!;
    total += weights[index]!;
  });
  return total === 0 ? 0 : sum / total;
}
