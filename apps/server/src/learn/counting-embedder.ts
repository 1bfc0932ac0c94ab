import type { Embedder } from '@attune/reward';

/** The same embedder, telling how many texts it has read so far: reading is nearly all of a run's time. */
export function counting(embedder: Embedder, onRead: (texts: number) => void): Embedder {
  let read = 0;
  const count = <Vectors extends readonly unknown[]>(vectors: Vectors): Vectors => {
    read += vectors.length;
    onRead(read);
    return vectors;
  };
  return {
    id: embedder.id,
    dimensions: embedder.dimensions,
    embed: async (texts) => count(await embedder.embed(texts)),
    encode: async (texts) => count(await embedder.encode(texts)),
    close: () => embedder.close(),
  };
}
