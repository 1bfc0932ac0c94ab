import type { AlertEvidence } from '@attune/contracts';
import type { Estimate } from '@attune/core';

/** An estimate as JSON can carry it: what is unbounded or unknown is null. */
export function shown({ value, ci, n }: Estimate): Omit<AlertEvidence, 'name'> {
  return { value: finite(value), ci: [finite(ci[0]), finite(ci[1])], n };
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
