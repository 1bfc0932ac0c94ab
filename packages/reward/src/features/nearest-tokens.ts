import { type PackedTokens, productsWith } from './packed-tokens.ts';

/** How near each question token comes to its nearest answer token. */
export interface NearestTokens {
  /** Over the whole answer, one entry per question token. */
  whole: number[];
  /** Within the answer's opening. */
  opening: number[];
  /** Mean over the opening's distinct tokens of the similarity of the nearest question token. */
  onTopic: number;
}

/**
 * Late interaction: compares every question token with every answer token. Both sides must have tokens.
 * @param openingTokens how many of the answer's first tokens are its opening
 */
export function nearestTokens(
  query: PackedTokens,
  answer: readonly Float32Array[],
  openingTokens: number,
): NearestTokens {
  const whole = new Array<number>(query.count).fill(-1);
  const products = new Float64Array(query.count + 3);
  let opening: number[] | undefined;
  let [topicSum, topicCount] = [0, 0];
  for (const index of firstOccurrences(answer)) {
    productsWith(answer[index]!, query, products);
    // First occurrences come in order, so all that is nearest until here lies in the opening.
    if (index >= openingTokens) opening ??= [...whole];
    let best = -1;
    for (let q = 0; q < query.count; q++) {
      const similarity = products[q]!;
      if (similarity > best) best = similarity;
      if (similarity > whole[q]!) whole[q] = similarity;
    }
    if (index < openingTokens) {
      topicSum += best;
      topicCount++;
    }
  }
  return { whole, opening: opening ?? whole, onTopic: topicSum / topicCount };
}

/** Indices of tokens that did not occur before. A static embedder's repeated tokens are one object, compared once. */
export function firstOccurrences(tokens: readonly Float32Array[]): number[] {
  const seen = new Set<Float32Array>();
  const indices: number[] = [];
  tokens.forEach((token, index) => {
    if (seen.has(token)) return;
    seen.add(token);
    indices.push(index);
  });
  return indices;
}
