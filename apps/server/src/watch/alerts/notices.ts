import type { AlertKind } from '@attune/contracts';
import { type RaiseNeeds, raiseHappening } from './raise.ts';

/** What happened by itself, for people to see among the alerts. */
export interface Notice {
  readonly organization: string;
  readonly kind: Extract<
    AlertKind,
    'model_ready' | 'retraining_paused' | 'experiment_ended' | 'self_test' | 'ramp_rolled_back' | 'ramp_held'
  >;
  readonly model: string;
  readonly message: string;
  /** The number that decided, what it was held against, and observations behind it, where there are such. */
  readonly value?: number | null;
  readonly threshold?: number | null;
  readonly n?: number;
}

/** Puts a notice among the alerts, until somebody has seen it. The same one, told again before, stays one. */
export async function post(needs: RaiseNeeds, { model, ...notice }: Notice): Promise<void> {
  const { value = null, threshold = null, n = 0 } = notice;
  const figures = { value, threshold, n };
  const about = { subject: model, rewardModel: model, feedbackId: null };
  await raiseHappening(needs, { ...notice, ...about, ...figures });
}
