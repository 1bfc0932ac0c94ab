/** What holds a rule of retraining back. */
export interface RetrainingBounds {
  /** New ratings that start a run; null where none do. */
  readonly ratingsNeeded: number | null;
  /** What accuracy on fresh labels starts a run; null where none does. */
  readonly accuracy: AccuracyBound | null;
  /** Between the starts of two runs. */
  readonly minimumHours: number;
  /** Most that its runs may cost in a month; null for no limit. */
  readonly monthlyCost: number | null;
}

/** A rule about how well live rewards still rank answers. */
export interface AccuracyBound {
  /** The accuracy, 0 to 1, that must not surely be missed. */
  readonly below: number;
  /** Labels without which nothing is decided. */
  readonly labels: number;
}

/** What is known at a moment. */
export interface RetrainingFacts {
  readonly now: Date;
  readonly isPaused: boolean;
  /** A run of the rule is under way. */
  readonly isRunning: boolean;
  readonly ratings: number;
  /** Of the live reward model on labels since the last run; null where it was not measured. */
  readonly accuracy: { readonly upper: number | null; readonly n: number } | null;
  /** A time of the schedule has come since the last look. */
  readonly isDue: boolean;
  readonly lastStart: Date | null;
  readonly spent: number;
  readonly expectedCost: number;
}

export type RetrainingCause = 'ratings' | 'accuracy' | 'schedule';
export type RetrainingChoice =
  | { readonly verdict: 'start' | 'too_soon' | 'over_limit'; readonly cause: RetrainingCause }
  | { readonly verdict: 'running' | 'paused' | 'not_yet'; readonly cause: null };

const HOUR_MS = 3_600_000;

/** Whether a rule retrains now, and what keeps it from it; the first reason in this order. */
export function decideRetraining(bounds: RetrainingBounds, facts: RetrainingFacts): RetrainingChoice {
  if (facts.isRunning) return { verdict: 'running', cause: null };
  if (facts.isPaused) return { verdict: 'paused', cause: null };
  const cause = causeIn(bounds, facts);
  if (cause === null) return { verdict: 'not_yet', cause };
  const earliest = earliestStart(bounds, facts.lastStart);
  if (earliest !== null && facts.now < earliest) return { verdict: 'too_soon', cause };
  if (isOverLimit(bounds, facts)) return { verdict: 'over_limit', cause };
  return { verdict: 'start', cause };
}

/** When the next run may start; null before the first. */
export function earliestStart(
  { minimumHours }: Pick<RetrainingBounds, 'minimumHours'>,
  lastStart: Date | null,
) {
  return lastStart === null ? null : new Date(lastStart.getTime() + minimumHours * HOUR_MS);
}

/** Whether one run more would cross the month's limit. */
export function isOverLimit(
  { monthlyCost }: Pick<RetrainingBounds, 'monthlyCost'>,
  { spent, expectedCost }: Pick<RetrainingFacts, 'spent' | 'expectedCost'>,
): boolean {
  return monthlyCost !== null && spent + expectedCost > monthlyCost;
}

function causeIn(
  { ratingsNeeded, accuracy: bound }: RetrainingBounds,
  { ratings, accuracy, isDue }: RetrainingFacts,
): RetrainingCause | null {
  if (ratingsNeeded !== null && ratings >= ratingsNeeded) return 'ratings';
  if (bound !== null && accuracy !== null && isSurelyBelow(bound, accuracy)) return 'accuracy';
  return isDue ? 'schedule' : null;
}

/** The whole interval lies below, and there are labels enough. */
function isSurelyBelow(
  { below, labels }: AccuracyBound,
  { upper, n }: NonNullable<RetrainingFacts['accuracy']>,
): boolean {
  return n >= labels && upper !== null && upper < below;
}
