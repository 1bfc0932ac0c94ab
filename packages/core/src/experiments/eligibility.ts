import { inShare, position } from './assignment.ts';

export type ArmName = 'control' | 'treatment';

/** Who takes part in an experiment, and who of them gets what is new. */
export interface Trial {
  /** Salt of the split between the arms. */
  id: string;
  /** Experiments of one group share a line of units, of which each has its own part: nobody is in two of them. */
  group: string;
  /** The part [from, to) of the group's line that takes part. */
  from: number;
  to: number;
  /** Share of those who take part that get the treatment. */
  split: number;
  /** Units that somebody sent to an arm by hand, to try it. */
  forced: Readonly<Record<string, ArmName>>;
}

export interface Assignment {
  arm: ArmName;
  /** Whether what this unit does counts; forced ones do not. */
  counted: boolean;
}

/**
 * The arm of a unit (a user or session), the same on every replica and at every time; null when it does not take part.
 * @param holdout share of all units that take part in no experiment, 0–1
 */
export function assignToTrial(trial: Trial, unit: string, holdout = 0): Assignment | null {
  const forced = Object.hasOwn(trial.forced, unit) ? trial.forced[unit] : undefined;
  if (forced !== undefined) return { arm: forced, counted: false };
  if (inShare(unit, 'holdout', holdout)) return null;
  const place = position(unit, `group ${trial.group}`);
  if (place < trial.from || place >= trial.to) return null;
  return { arm: inShare(unit, trial.id, trial.split) ? 'treatment' : 'control', counted: true };
}

/** Shares this close are equal: they are sums of decimals. */
const ROUNDING = 1e-9;

/**
 * Where on a group's line a new experiment can have a part of this width beside those that are taken; null when there
 * is no room.
 */
export function freePart(
  taken: readonly { from: number; to: number }[],
  width: number,
): { from: number; to: number } | null {
  let from = 0;
  for (const part of [...taken].sort((a, b) => a.from - b.from)) {
    if (part.from - from >= width - ROUNDING) break;
    from = Math.max(from, part.to);
  }
  return from + width > 1 + ROUNDING ? null : { from, to: Math.min(1, from + width) };
}
