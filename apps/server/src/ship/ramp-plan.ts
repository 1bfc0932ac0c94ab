import { AttuneError, defaultRampSteps, type RampStep } from '@attune/contracts';

/** Everything at once. */
const fullStep: RampStep = { share: 1, hold_seconds: 0, minimum_samples: 0 };

/**
 * The steps of a deployment: all traffic at once, the caller's, or 10 → 50 → 100 %.
 * @throws AttuneError `invalid_request` unless the shares rise and end at all traffic
 */
export function planSteps(asked: { steps?: RampStep[] | undefined; full: boolean }): RampStep[] {
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
