import type { Matrix } from '../solve/matrix.ts';
import { INTERACTION_BLOCKS, writeInteractions } from './interactions.ts';
import { DENSE_FEATURES, denseFeatures, type RawFeatures } from './raw-features.ts';
import type { WordRarity } from './word-rarity.ts';

/** How raw features become the columns of a linear model. */
export interface Layout {
  /** Per dense feature; a feature that never varied has scale 0 and drops out. */
  means: Float32Array;
  scales: Float32Array;
  /** Size of the interaction blocks relative to the dense features; small values hold them back. */
  interaction: number;
  rarity: WordRarity;
}

/**
 * Dense features are cut off this many standard deviations from the mean, so that a freak text (a thousand question
 * marks) cannot win by being unlike anything that was rated.
 */
const CUT_OFF = 4;

/** Columns of the design matrix for vectors of `dimensions`. */
export function designWidth(dimensions: number): number {
  return DENSE_FEATURES.length + INTERACTION_BLOCKS.length * dimensions;
}

/** Learns means and scales from dense rows. */
export function learnLayout(dense: readonly number[][], interaction: number, rarity: WordRarity): Layout {
  const means = new Float32Array(DENSE_FEATURES.length);
  const scales = new Float32Array(DENSE_FEATURES.length);
  for (let column = 0; column < means.length; column++) {
    const values = dense.map((row) => row[column]!);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
    means[column] = mean;
    scales[column] = deviation > 1e-6 ? 1 / deviation : 0;
  }
  return { means, scales, interaction, rarity };
}

/** The design matrix of raw rows: standardised dense columns, then the interaction blocks. */
export function designMatrix(rows: readonly RawFeatures[], layout: Layout): Matrix {
  return designFromDense(rows, denseFeatures(rows, layout.rarity), layout);
}

/** The same where the dense features are at hand already. */
export function designFromDense(
  rows: readonly RawFeatures[],
  dense: readonly number[][],
  { means, scales, interaction }: Layout,
): Matrix {
  const dimensions = rows[0]?.answerVector.length ?? 0;
  const width = designWidth(dimensions);
  const values = new Float32Array(rows.length * width);
  // Vectors of length 1 have entries of about 1/√dimensions; this brings a block's columns to the size `interaction`.
  const scale = interaction * Math.sqrt(dimensions);
  rows.forEach(({ queryVector, answerVector }, row) => {
    const start = row * width;
    dense[row]!.forEach((value, column) => {
      const standardised = (value - means[column]!) * scales[column]!;
      values[start + column] = Math.min(CUT_OFF, Math.max(-CUT_OFF, standardised));
    });
    writeInteractions(queryVector, answerVector, scale, values, start + means.length);
  });
  return { values, width, rows: rows.length };
}
