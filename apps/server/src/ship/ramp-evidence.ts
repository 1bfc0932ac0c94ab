import type { RampEvidence as ShownEvidence } from '@attune/contracts';
import type { RampEvidence } from '@attune/core';
import { finite, shown } from './shown-estimate.ts';

/** What a look at a ramp saw, in the API's form: what is unbounded or unknown is null. */
export function shownEvidence({ guards, criteria, ...rest }: RampEvidence, now: Date): ShownEvidence {
  const arm = ({ value, units }: { value: number; units: number }) => ({ value: finite(value), units });
  return {
    ...rest,
    at: now.toISOString(),
    guards: guards.map((guard) => ({
      ...guard,
      difference: shown(guard.difference),
      treatment: arm(guard.treatment),
      control: arm(guard.control),
    })),
    criteria: criteria.map((criterion) => ({ ...criterion, seen: shown(criterion.seen) })),
  };
}
