import { type Estimate, wilson } from '@attune/core';

/** An outcome, and the cluster of texts that it is from. */
export interface Outcome {
  readonly good: boolean;
  readonly cluster: string;
}

/**
 * Share of good outcomes, with Wilson's interval as if each cluster, which n counts, were one trial: as wide as when
 * texts of one cluster always fared alike. A bootstrap over clusters is too narrow for the few that some kinds have.
 */
export function share(outcomes: readonly Outcome[]): Estimate {
  const clusters = new Set(outcomes.map(({ cluster }) => cluster)).size;
  const good = outcomes.filter((outcome) => outcome.good).length;
  return wilson(outcomes.length === 0 ? 0 : (good / outcomes.length) * clusters, clusters);
}
