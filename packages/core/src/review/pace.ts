/** How fast somebody works. */
export interface Pace {
  /** Decisions an hour; null below five decisions, or when all fell in one moment. */
  readonly perHour: number | null;
  /** Decisions that it rests on. */
  readonly n: number;
}

const FEWEST = 5;
const HOUR_MS = 3_600_000;

/**
 * Pace of a series of decisions: intervals between the first and the last by the time between them, so that the time
 * before the first decision counts for nothing.
 * @param times in milliseconds, in any order
 */
export function paceOf(times: readonly number[]): Pace {
  const n = times.length;
  const span = n === 0 ? 0 : Math.max(...times) - Math.min(...times);
  return { perHour: n < FEWEST || span <= 0 ? null : ((n - 1) / span) * HOUR_MS, n };
}

/** Seconds that a number of items takes at a pace; null without one. */
export function secondsLeft(items: number, { perHour }: Pace): number | null {
  return perHour === null ? null : Math.round((items / perHour) * 3600);
}
