import type { Estimate } from '../interval.ts';
import { type Criterion, type CriterionState, criterionState } from './criteria.ts';
import { type RampStepSeen, rampMeans } from './ramp-arms.ts';
import { differenceOf, RAMP_ALPHA, RAMP_TIGHTEST_AT } from './ramp-guards.ts';
import { FEWEST_UNITS } from './recommendation.ts';
import { stratifiedRelativeDifference } from './stratified-difference.ts';

/** A criterion of a ramp's success and what was seen of it. */
export interface CriterionEvidence extends Criterion {
  state: CriterionState | 'not_enough_data';
  seen: Estimate;
  /** Of the smaller arm. */
  units: number;
}

/**
 * What of a criterion holds so far, with a 95 % interval that is valid at every look. Latency is compared relatively.
 * A count is of the new model's people who reported harm.
 */
export function rampCriterion(criterion: Criterion, steps: readonly RampStepSeen[]): CriterionEvidence {
  const { metric, measure } = criterion;
  if (metric === 'safety_reports') return reports(criterion, steps);
  const arms = rampMeans(steps, metric);
  const units = arms === null ? 0 : Math.min(arms.units.treatment, arms.units.control);
  if (arms === null) return { ...criterion, state: 'not_enough_data', seen: unknown, units };
  const seen =
    measure === 'relative' && metric !== 'latency'
      ? stratifiedRelativeDifference(arms, { alpha: RAMP_ALPHA, tightestAt: RAMP_TIGHTEST_AT })
      : differenceOf(metric, arms, RAMP_ALPHA);
  const known = units >= FEWEST_UNITS && Number.isFinite(seen.ci[0]) && Number.isFinite(seen.ci[1]);
  return { ...criterion, state: known ? criterionState(criterion, seen) : 'not_enough_data', seen, units };
}

function reports(criterion: Criterion, steps: readonly RampStepSeen[]): CriterionEvidence {
  const count = steps.reduce((sum, { treatment }) => sum + treatment.reporters, 0);
  const units = steps.reduce((sum, { treatment }) => sum + treatment.units, 0);
  const seen: Estimate = { value: count, ci: [count, count], n: units };
  const state = criterionState({ ...criterion, measure: 'count' }, seen);
  // None among hardly anybody is no success yet; one is an incident whoever else there was.
  return {
    ...criterion,
    state: state === 'holds' && units < FEWEST_UNITS ? 'not_enough_data' : state,
    seen,
    units,
  };
}

const unknown: Estimate = { value: Number.NaN, ci: [-Infinity, Infinity], n: 0 };
