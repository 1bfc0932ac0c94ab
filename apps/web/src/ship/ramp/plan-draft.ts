import { defaultRampSteps, deployModel, type RampGuard, RampMetric, type RampStep } from '@attune/contracts';
import { z } from 'zod';

/** What was typed for a step; numbers as texts, the share in percent, the time in minutes. */
export interface StepDraft {
  /** Tells rows apart while they come and go. */
  readonly key: string;
  readonly share: string;
  readonly minutes: string;
  readonly samples: string;
}

/** What was typed for a guard; margins of shares and relative ones in percent. */
export interface GuardDraft {
  readonly metric: RampMetric;
  readonly watched: boolean;
  readonly margin: string;
  readonly people: string;
}

export interface PlanDraft {
  readonly steps: readonly StepDraft[];
  readonly guards: readonly GuardDraft[];
}

/** Margins that are proposed; which are watched unless said otherwise is the server's default. */
const proposed: Record<RampMetric, { margin: number; people: number; watched: boolean }> = {
  rating: { margin: 0.3, people: 50, watched: true },
  thumbs: { margin: 0.1, people: 50, watched: false },
  safety: { margin: 0, people: 50, watched: true },
  error_rate: { margin: 0.01, people: 100, watched: true },
  latency: { margin: 0.5, people: 100, watched: true },
  cost: { margin: 0.2, people: 100, watched: false },
};

let drafts = 0;

export function stepDraftOf({ share, hold_seconds, minimum_samples }: RampStep): StepDraft {
  return {
    key: String(drafts++),
    share: String(rounded(share * 100)),
    minutes: String(rounded(hold_seconds / 60)),
    samples: String(minimum_samples),
  };
}

/** The plan as it is without any change. */
export function usualPlan(): PlanDraft {
  return {
    steps: defaultRampSteps.map(stepDraftOf),
    guards: RampMetric.options.map((metric) => {
      const { margin, people, watched } = proposed[metric];
      return {
        metric,
        watched,
        margin: String(isPercent(metric) ? rounded(margin * 100) : margin),
        people: String(people),
      };
    }),
  };
}

/** Whether a margin is typed in percent; of a rating it is in stars. */
export function isPercent(metric: RampMetric): boolean {
  return metric !== 'rating';
}

/** What a guard is to the server. */
export function guardOf({ metric, margin, people }: GuardDraft): RampGuard {
  const typed = margin.trim() === '' ? Number.NaN : Number(margin);
  return {
    metric,
    margin: isPercent(metric) ? rounded(typed / 100) : typed,
    minimum_samples: Number(people),
  };
}

/**
 * What a form's plan is to the server.
 * @throws Error naming what cannot be read or is out of range
 */
export function deployBody({ steps, guards }: PlanDraft) {
  const result = deployModel.body.safeParse({
    steps: steps.map(({ share, minutes, samples }) => ({
      share: rounded(Number(share) / 100),
      hold_seconds: rounded(Number(minutes) * 60),
      minimum_samples: Number(samples),
    })),
    guards: guards.filter(({ watched }) => watched).map(guardOf),
  });
  if (result.success) return result.data;
  throw new Error(z.prettifyError(result.error));
}

function rounded(value: number): number {
  return Math.round(value * 1e8) / 1e8;
}
