import { bootstrap, type Estimate, wilson } from '@attune/core';

const SEED = 1;

/** An outcome, and the cluster of texts that it is from. */
export interface Outcome {
  readonly good: boolean;
  readonly cluster: string;
}

/**
 * Share of good outcomes. Its interval resamples clusters, which n counts. A bootstrap cannot bound a share that is
 * the same everywhere: there it is Wilson's, as if each cluster were one trial.
 */
export function share(outcomes: readonly Outcome[]): Estimate {
  const groups = [...Map.groupBy(outcomes, ({ cluster }) => cluster).values()];
  const good = outcomes.filter((outcome) => outcome.good).length;
  if (good === 0) return wilson(0, groups.length);
  if (good === outcomes.length) return wilson(groups.length, groups.length);
  return bootstrap(groups, (drawn) => drawn.filter((outcome) => outcome.good).length / drawn.length, {
    seed: SEED,
  });
}
