import { type ArmName, assignToTrial, type Trial } from '@attune/core';
import type { LiveModel } from '../live-model.ts';

/** An experiment that takes traffic, with the models of its arms. */
export interface RunningTrial extends Trial {
  readonly organization: string;
  /** By what it tells visitors apart. */
  readonly unit: 'user' | 'session';
  readonly control: LiveModel;
  readonly treatment: LiveModel;
}

/** Who asks. */
export interface Visitor {
  readonly userId: string | null;
  readonly sessionId: string | null;
  readonly responseId: string;
}

/** The arm that a visitor is in. */
export interface TrialArm {
  readonly id: string;
  readonly arm: ArmName;
  readonly unit: string;
  readonly counted: boolean;
}

/** The experiment that a visitor takes part in and its arm's model; null when in none. Without a name there is none. */
export function assignedArm(
  trials: readonly RunningTrial[],
  { userId, sessionId }: Visitor,
): { model: LiveModel; trial: TrialArm } | null {
  for (const trial of trials) {
    const unit = trial.unit === 'user' ? userId : sessionId;
    const assignment = unit === null ? null : assignToTrial(trial, unit);
    if (unit === null || assignment === null) continue;
    return { model: trial[assignment.arm], trial: { id: trial.id, unit, ...assignment } };
  }
  return null;
}
