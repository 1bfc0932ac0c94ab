import { mergeNearDuplicates } from '@attune/core';
import type { WrittenCandidate } from './candidate.ts';

/** Candidates that differ, each with the ids it stands for, and the ones that were merged away. */
export interface Merged<C extends WrittenCandidate> {
  readonly kept: readonly C[];
  readonly away: readonly C[];
}

/** Merges candidates that say nearly the same: scoring them twice buys nothing, and choosing among them is no choice. */
export function merge<C extends WrittenCandidate>(candidates: readonly C[]): Merged<C> {
  if (candidates.length < 2) return { kept: candidates, away: [] };
  const groups = mergeNearDuplicates(candidates, ({ generation }) => generation.text);
  return {
    kept: groups.map(({ kept, merged }) => ({
      ...kept,
      merged: [...kept.merged, ...merged.map(({ id }) => id)],
    })),
    away: groups.flatMap(({ merged }) => merged),
  };
}
