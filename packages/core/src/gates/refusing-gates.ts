import type { Gate, GateName, GateReason } from './gate.ts';

/** What nobody can measure, or need not: it never refuses. */
const excused: readonly GateReason[] = [
  'no_incumbent',
  'nobody_asked',
  'no_policy',
  'not_a_scorer',
  'comes_later',
];

/**
 * The gates that refuse a deployment: the red ones, and with `requireMeasured` also those that were not measured
 * although they could be.
 */
export function refusingGates(gates: readonly Gate[], requireMeasured: boolean): GateName[] {
  return gates
    .filter(({ verdict, reason }) => {
      if (verdict === 'failed') return true;
      return requireMeasured && reason !== null && !excused.includes(reason);
    })
    .map(({ gate }) => gate);
}
