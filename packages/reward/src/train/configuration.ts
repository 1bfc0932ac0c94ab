/** What cross-validation chooses for Attune's recipe. */
export interface Configuration {
  /** Share of the pointwise objective, 0–1; the rest is pairwise. */
  pointwise: number;
  /** L2 penalty on standardised columns. */
  penalty: number;
  /** Size of the interaction blocks relative to the dense features. */
  interaction: number;
}

/** Where the search starts, and stays unless something else is clearly better: good on every corpus tried. */
export const DEFAULT_CONFIGURATION: Configuration = { pointwise: 0.5, penalty: 60, interaction: 0.15 };

/** Tried one setting at a time, each from the best so far. */
export const ALTERNATIVES: { [Setting in keyof Configuration]: number[] } = {
  interaction: [0.05, 0.4],
  penalty: [20, 200],
  pointwise: [0, 1],
};
