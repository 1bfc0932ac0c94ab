import type { Estimate } from '../interval.ts';
import { type Gate, type GateInput, type GateName, type GateReason, gateNames } from './gate.ts';
import type { GateLimits } from './gate-limits.ts';

interface Rule {
  readonly side: 'at_least' | 'at_most';
  readonly limit: number;
  /** Fewest units that allow a verdict. */
  readonly fewest: number;
}

/**
 * The verdict of every gate. A gate is green only where the whole 95 % interval keeps the limit, and red only where
 * the whole interval breaks it (a test of non-inferiority and its opposite; ICH E9, section 3.3.2). What lies between
 * was measured and is not decided: more data would tell.
 */
export function assessGates(inputs: Readonly<Record<GateName, GateInput>>, limits: GateLimits): Gate[] {
  return gateNames.map((gate) => assess(gate, inputs[gate], ruleOf(gate, limits)));
}

function ruleOf(gate: GateName, limits: GateLimits): Rule {
  const { fewest } = limits;
  switch (gate) {
    case 'ordering':
      return { side: 'at_least', limit: limits.ordering, fewest };
    case 'incumbent':
      return { side: 'at_least', limit: -limits.margin, fewest };
    case 'people':
      return { side: 'at_least', limit: limits.people, fewest };
    case 'calibration':
      return { side: 'at_most', limit: limits.calibration, fewest };
    case 'length':
      return { side: 'at_most', limit: limits.length, fewest };
    case 'latency':
      return { side: 'at_most', limit: limits.latency_ms, fewest };
    case 'safety':
      return { side: 'at_least', limit: limits.safety, fewest };
    // Counts of alarms and of leaked texts: one is too many, and each was seen, not estimated.
    case 'over_optimisation':
    case 'leak':
      return { side: 'at_most', limit: 0, fewest: 1 };
  }
}

function assess(gate: GateName, input: GateInput, { side, limit, fewest }: Rule): Gate {
  const silent = (reason: GateReason) => ({ gate, verdict: 'not_measured' as const, reason });
  if ('reason' in input) return { ...silent(input.reason), evidence: null };
  const { estimate, measured_at } = input;
  const evidence = { estimate, limit, measured_at };
  if (estimate.n < fewest || Number.isNaN(estimate.value)) return { ...silent('too_few'), evidence };
  const verdict = verdictOn(estimate, side, limit);
  if (verdict === null) return { ...silent('undecided'), evidence };
  return { gate, verdict, reason: null, evidence };
}

function verdictOn(
  { ci: [low, high] }: Estimate,
  side: Rule['side'],
  limit: number,
): 'passed' | 'failed' | null {
  const [keeps, breaks] = side === 'at_least' ? [low >= limit, high < limit] : [high <= limit, low > limit];
  if (keeps) return 'passed';
  return breaks ? 'failed' : null;
}
