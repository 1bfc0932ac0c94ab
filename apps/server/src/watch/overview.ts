import type { DayActivity, Overview } from '@attune/contracts';
import { type Estimate, wilson } from '@attune/core';
import type { DailyActivity } from './daily-activity.ts';

const DAY_MS = 86_400_000;

/** The days up to today, in UTC, the oldest first. */
export function lastDays(count: number, now: Date): string[] {
  return Array.from({ length: count }, (_, index) =>
    new Date(now.getTime() - (count - 1 - index) * DAY_MS).toISOString().slice(0, 10),
  );
}

const nothing = { answers: 0, reached: 0, feedback: 0, reactions: 0, positive: 0 };

/** Every day with what happened on it, zeros where nothing did. */
function activityOf(days: readonly string[], rows: readonly DailyActivity[]): DayActivity[] {
  const known = new Map(rows.map((row) => [row.day, row]));
  return days.map((day) => {
    const { answers, reached, feedback, reactions, positive } = known.get(day) ?? nothing;
    // Somebody may have rated an answer that was cut off and does not count as delivered.
    return {
      day,
      answers,
      answers_with_feedback: Math.min(answers, reached),
      feedback,
      reactions,
      positive,
    };
  });
}

function share(successes: number, n: number): Overview['now']['coverage'] {
  const { value, ci }: Estimate = wilson(successes, n);
  return n === 0 ? { value: null, ci: [null, null], n } : { value, ci: [...ci], n };
}

function periodOf(days: readonly DayActivity[]): Overview['now'] {
  const sum = (field: Exclude<keyof DayActivity, 'day'>) =>
    days.reduce((total, day) => total + day[field], 0);
  return {
    answers: sum('answers'),
    feedback: sum('feedback'),
    satisfaction: share(sum('positive'), sum('reactions')),
    coverage: share(sum('answers_with_feedback'), sum('answers')),
  };
}

/** Traffic, satisfaction and coverage of the last `count` days, beside the same number of days before. */
export async function overview(
  read: (since: string) => Promise<readonly DailyActivity[]>,
  count: number,
  now: Date,
): Promise<Overview> {
  const calendar = lastDays(2 * count, now);
  const all = activityOf(calendar, await read(calendar[0] ?? ''));
  const days = all.slice(count);
  return { days, now: periodOf(days), before: periodOf(all.slice(0, count)) };
}
