import type { Embedder, Encoding } from '../embed/embedder.ts';
import { clip } from '../text/clip.ts';
import { queryFocus } from '../text/query-focus.ts';
import { wordHashes } from '../text/words.ts';
import { LEXICAL_FEATURES, lexicalFeatures, lexicalQuery } from './lexical.ts';
import { SIMILARITY_FEATURES, similarityFeatures, similarityQuery } from './similarity.ts';
import { SURFACE_FEATURES, surfaceFeatures } from './surface.ts';
import type { WordRarity } from './word-rarity.ts';

/** Words are counted within these characters; embedders have shorter windows of their own. */
const READ_CHARACTERS = 20_000;

/** Names of what `denseFeatures` returns, in order. */
export const DENSE_FEATURES = [...SIMILARITY_FEATURES, ...SURFACE_FEATURES, ...LEXICAL_FEATURES] as const;

/** All that is kept of one answer to one query; word rarities come in later, because they are learnt. */
export interface RawFeatures {
  similarity: number[];
  surface: number[];
  queryWords: Uint32Array;
  words: Uint32Array;
  queryVector: Float32Array;
  answerVector: Float32Array;
}

/** Reads the answers to one query. Work is bounded per text, and an answer's values do not depend on the others. */
export async function rawFeatures(
  query: string,
  responses: readonly string[],
  embedder: Pick<Embedder, 'encode'>,
): Promise<RawFeatures[]> {
  const [asked, ...answers] = await embedder.encode([queryFocus(query), ...responses]);
  if (asked === undefined) throw new RangeError('an embedder returns one encoding per text');
  const [side, queryWords] = [similarityQuery(asked), wordHashes(clip(query, READ_CHARACTERS))];
  return responses.map((response, index) => {
    const answer: Encoding = answers[index]!;
    const text = clip(response, READ_CHARACTERS);
    const words = wordHashes(text);
    return {
      similarity: similarityFeatures(side, answer),
      surface: surfaceFeatures(text, words),
      queryWords,
      words,
      queryVector: asked.vector,
      answerVector: answer.vector,
    };
  });
}

/** One row per answer, in the order of `DENSE_FEATURES`. Answers to one query should stand together. */
export function denseFeatures(rows: readonly RawFeatures[], rarity: WordRarity): number[][] {
  let query = lexicalQuery(new Uint32Array(), rarity);
  let current: Uint32Array | undefined;
  return rows.map((row) => {
    if (row.queryWords !== current) {
      current = row.queryWords;
      query = lexicalQuery(current, rarity);
    }
    return [...row.similarity, ...row.surface, ...lexicalFeatures(query, row.words)];
  });
}
