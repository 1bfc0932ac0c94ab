import { byUserSplit } from './by-user.ts';
import type { Split, SplitRow } from './split-row.ts';
import { stratifiedSplit } from './stratified.ts';
import { temporalSplit } from './temporal.ts';

export interface SplitOptions {
  strategy: 'stratified' | 'temporal' | 'by_user';
  /** Share of rows for validation, between 0 and 1; default 0.2, and {@link linearValidationShare} for linear models. */
  validationShare?: number;
  seed: number;
}

/** Share of rows on which linear reward models are validated. */
export const linearValidationShare = 0.12;

/**
 * Splits rows for training and validation. Whatever the strategy, all rows of a query (by query key) and of a conversation are on one side;
 * with two queries or more neither side is empty, except that `by_user` may have to leave all others' rows out. Shares
 * are met as nearly as whole queries allow. The same rows and seed give the same split.
 * @throws RangeError on a share outside (0, 1), without rows, or by user with fewer than two people
 */
export function splitRows<T extends SplitRow>(rows: readonly T[], options: SplitOptions): Split<T> {
  const share = options.validationShare ?? 0.2;
  if (!(share > 0 && share < 1))
    throw new RangeError(`a validation share lies between 0 and 1, got ${share}`);
  if (rows.length === 0) throw new RangeError('nothing to split');
  switch (options.strategy) {
    case 'stratified':
      return stratifiedSplit(rows, share, options.seed);
    case 'temporal':
      return temporalSplit(rows, share);
    case 'by_user':
      return byUserSplit(rows, share, options.seed);
  }
}
