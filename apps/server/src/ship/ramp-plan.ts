import {
  AttuneError,
  type Criterion,
  defaultRampSteps,
  type RampGuard,
  type RampStep,
} from '@attune/contracts';
import { defaultCriteria, defaultRampGuards } from '@attune/core';

/** Everything at once. */
const fullStep: RampStep = { share: 1, hold_seconds: 0, minimum_samples: 0 };

/** How a deployment goes on, what sends it back and what its success is. */
export interface RampPlan {
  readonly steps: RampStep[];
  readonly guards: readonly RampGuard[];
  readonly criteria: readonly Criterion[];
}

interface Asked {
  readonly steps?: RampStep[] | undefined;
  readonly guards?: RampGuard[] | undefined;
  readonly criteria?: Criterion[] | undefined;
  readonly full: boolean;
}

/**
 * The plan of a deployment, with defaults for what was not asked for.
 * @throws AttuneError `invalid_request` unless the shares rise and end at all traffic, and no metric is guarded twice
 */
export function planRamp(asked: Asked): RampPlan {
  const plan = {
    steps: planSteps(asked),
    guards: asked.guards ?? defaultRampGuards,
    criteria: asked.criteria ?? defaultCriteria,
  };
  for (const guards of [plan.guards, ...plan.steps.map((step) => step.guards ?? [])]) refuseTwice(guards);
  return plan;
}

function refuseTwice(guards: readonly RampGuard[]): void {
  const metrics = guards.map(({ metric }) => metric);
  const twice = metrics.find((metric, index) => metrics.indexOf(metric) !== index);
  if (twice === undefined) return;
  throw new AttuneError('invalid_request', {
    param: 'guards',
    message: `\`guards\`: there are two for ${twice}; keep the stricter one.`,
  });
}

/**
 * The steps of a deployment: all traffic at once, the caller's, or 10 → 50 → 100 %.
 * @throws AttuneError `invalid_request` unless the shares rise and end at all traffic
 */
function planSteps(asked: Pick<Asked, 'steps' | 'full'>): RampStep[] {
  if (asked.full) return [fullStep];
  const steps = asked.steps ?? defaultRampSteps;
  const rises = steps.every((step, index) => index === 0 || step.share > (steps[index - 1]?.share ?? 0));
  if (!rises || steps.at(-1)?.share !== 1) {
    throw new AttuneError('invalid_request', {
      param: 'steps',
      message: '`steps`: each share must be above the one before, and the last must be 1.',
    });
  }
  return steps;
}

/** Whether being at this step is all there is to do. */
export function endsAt(steps: readonly RampStep[], step: number): boolean {
  const at = steps[step];
  return step === steps.length - 1 && at?.hold_seconds === 0 && at.minimum_samples === 0;
}
