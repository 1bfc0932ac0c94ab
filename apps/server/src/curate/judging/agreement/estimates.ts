import type { JudgingEstimate } from '@attune/contracts';
import type { Estimate } from '@attune/core';

/** Below so many units an interval says next to nothing. */
export const FEWEST_UNITS = 10;

/** A statistic as callers see it: without a value where it rests on too little. */
export function toEstimate({ value, ci, n }: Estimate, ratings: number): JudgingEstimate {
  const enough = n >= FEWEST_UNITS && Number.isFinite(value);
  const bound = (limit: number) => (enough && Number.isFinite(limit) ? limit : null);
  return { value: enough ? value : null, ci: [bound(ci[0]), bound(ci[1])], n, ratings, enough };
}
