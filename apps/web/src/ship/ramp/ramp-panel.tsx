import type { Ramp } from '@attune/contracts';
import { GuardTable } from './guard-table.tsx';
import { RampCriteria } from './ramp-criteria.tsx';
import { RampHistory } from './ramp-history.tsx';
import { RampSampleRatio } from './ramp-sample-ratio.tsx';

/** What a deployment in steps has shown so far, and what was decided about it. */
export function RampPanel({ ramp }: { ramp: Ramp }) {
  const guards = ramp.steps[ramp.step]?.guards ?? ramp.guards;
  return (
    <div className="mt-5 grid gap-5">
      <RampSampleRatio ramp={ramp} />
      <GuardTable guards={guards} evidence={ramp.evidence} />
      <RampCriteria ramp={ramp} />
      <RampHistory ramp={ramp} />
    </div>
  );
}
