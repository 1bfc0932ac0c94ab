import type { JobRow } from '../job-store.ts';

const HOUR_MS = 3_600_000;

/** Hours that a job's attempts took until now, this one included. */
export function hoursOf({ hours_before, started_at }: JobRow, now: Date): number {
  return (
    hours_before + (started_at === null ? 0 : Math.max(0, now.getTime() - started_at.getTime()) / HOUR_MS)
  );
}
