import type { Pair } from '@attune/contracts';
import type { PairRow } from './pair-store.ts';

/** A pair as callers see it. */
export function toPair(row: PairRow): Pair {
  return { ...row, created_at: row.created_at.toISOString(), updated_at: row.updated_at.toISOString() };
}
