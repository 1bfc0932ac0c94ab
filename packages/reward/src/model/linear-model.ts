import type { Layout } from '../features/design.ts';
import type { HeadName } from '../train/items.ts';

/** One weight vector with its bias; calibrated, so that the score is a log-odds. */
export interface Head {
  weights: Float32Array;
  bias: number;
}

/** The parameters of Attune's recipe. */
export interface AttuneParameters {
  recipe: 'attune';
  layout: Layout;
  /** Always an `overall` head; a head per dimension that was rated enough. */
  heads: Map<HeadName, Head>;
}

/** The parameters of the plain recipe: one weight per embedding dimension. */
export interface PlainParameters {
  recipe: 'plain';
  head: Head;
}

export type Parameters = AttuneParameters | PlainParameters;
