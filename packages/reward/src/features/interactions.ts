/** Names of the interaction blocks, in order; each is as wide as an embedding. */
export const INTERACTION_BLOCKS = ['product', 'difference', 'answer'] as const;

/**
 * Writes q⊙a, |q−a| and a, times `scale`, into `target` from `offset`.
 * @param target has room for three times the width of the vectors
 */
export function writeInteractions(
  query: Float32Array,
  answer: Float32Array,
  scale: number,
  target: Float32Array,
  offset: number,
): void {
  const width = query.length;
  for (let i = 0; i < width; i++) {
    const [q, a] = [query[i]!, answer[i]!];
    target[offset + i] = scale * q * a;
    target[offset + width + i] = scale * Math.abs(q - a);
    target[offset + 2 * width + i] = scale * a;
  }
}
