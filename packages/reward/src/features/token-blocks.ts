import type { Encoding } from '../embed/embedder.ts';
import { add, addScaled, dot } from '../embed/vectors.ts';

/** Tokens per block; every stretch that is compared is a whole number of blocks. */
export const BLOCK = 16;

/** Weighted sums of a text's token vectors, 16 tokens each: any longer stretch is a sum of a few of these. */
export function tokenBlocks({ tokens, weights }: Encoding): Float32Array[] {
  const blocks: Float32Array[] = [];
  tokens.forEach((token, index) => {
    if (index % BLOCK === 0) blocks.push(new Float32Array(token.length));
    addScaled(blocks.at(-1)!, token, weights[index]!);
  });
  return blocks;
}

/** Cosine of a unit vector with the stretch of blocks from `start` up to `end`; 0 for an empty stretch. */
export function stretchCosine(
  query: Float32Array,
  blocks: readonly Float32Array[],
  start: number,
  end: number,
): number {
  const sum = new Float32Array(query.length);
  for (let block = start; block < Math.min(end, blocks.length); block++) add(sum, blocks[block]!);
  const length = Math.sqrt(dot(sum, sum));
  return length === 0 ? 0 : dot(query, sum) / length;
}

/** Highest cosine with a window of `size` blocks; windows overlap by half. */
export function bestWindowCosine(query: Float32Array, blocks: readonly Float32Array[], size: number): number {
  let best = stretchCosine(query, blocks, 0, size);
  for (let start = size / 2; start + size / 2 < blocks.length; start += size / 2) {
    best = Math.max(best, stretchCosine(query, blocks, start, start + size));
  }
  return best;
}
