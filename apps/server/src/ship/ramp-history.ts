import type { RampEvent } from '@attune/contracts';
import type { RampRow } from './ramp-store.ts';
import { shareOfNewModel } from './ramp-view.ts';

/** Who decided about a ramp, when and why. */
export interface RampAct {
  /** Principal of the caller, or `system`. */
  readonly actor: string;
  readonly reason: string | null;
  readonly at: Date;
}

type Facts = Pick<RampRow, 'state' | 'steps' | 'step'> & Partial<Pick<RampRow, 'evidence'>>;

/** A decision about a ramp as its history keeps it, with the newest look. */
export function rampEvent(
  action: RampEvent['action'],
  after: Facts,
  { actor, reason, at }: RampAct,
): RampEvent {
  return {
    at: at.toISOString(),
    action,
    step: after.step,
    share: shareOfNewModel(after),
    by: actor,
    reason,
    evidence: after.evidence ?? null,
  };
}

/** A ramp's history with one more decision, as its column takes it. */
export function withEvent(ramp: Pick<RampRow, 'history'>, event: RampEvent): string {
  return JSON.stringify([...ramp.history, event]);
}

/** When each step of a ramp began and what share it gave; of a ramp from before it kept a history, the present one. */
export function stepStarts(ramp: RampRow): { at: Date; share: number }[] {
  const starts = ramp.history.filter(({ action }) => action === 'started' || action === 'advanced');
  if (starts.length === 0) return [{ at: ramp.step_started_at, share: shareOfNewModel(ramp) }];
  return starts.map(({ at, share }) => ({ at: new Date(at), share }));
}

/** Seconds that the present step has been held, pauses left out. */
export function secondsInStep(ramp: RampRow, now: Date): number {
  const until = ramp.paused_at ?? now;
  return (until.getTime() - ramp.step_started_at.getTime()) / 1000 - ramp.paused_seconds;
}
