import type { Embedder } from './embedder.ts';

/** The same embedder with every vector kept, for a run that embeds the same texts again and again. */
export function rememberingEmbedder(embedder: Embedder): Embedder {
  const known = new Map<string, Float32Array>();
  return {
    ...embedder,
    embed: async (texts) => {
      const missing = [...new Set(texts)].filter((text) => !known.has(text));
      const vectors = await embedder.embed(missing);
      missing.forEach((text, index) => {
        known.set(text, vectors[index]!);
      });
      return texts.map((text) => known.get(text)!);
    },
  };
}
