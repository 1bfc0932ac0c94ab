import type { Series } from '@attune/contracts';
import type { Estimate } from '@attune/core';

/** An estimate as the API says it: what is not a number, or has no bound, becomes null. */
export function shownEstimate({ value, ci: [low, high], n }: Estimate): Series['before'] {
  const known = (number: number) => (Number.isFinite(number) ? number : null);
  return { value: known(value), ci: [known(low), known(high)], n };
}
