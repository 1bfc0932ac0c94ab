export type ReportKind = 'week' | 'month';

/** A period of whole days (UTC), and where the equally long one before it begins. */
export interface ReportSpan {
  readonly from: Date;
  readonly to: Date;
  readonly before: Date;
}

/** Scheduled reports are made from this hour (UTC) on the first day after their period. */
const DUE_HOUR = 6;
const DAY_MS = 86_400_000;
const DAYS = { week: 7, month: 30 } as const;

/** The last calendar week (Monday to Sunday) or month whose report is due; a month is compared with the one before. */
export function lastDueSpan(kind: ReportKind, now: Date): ReportSpan {
  const reached = new Date(now.getTime() - DUE_HOUR * 3_600_000);
  const to = kind === 'week' ? mondayOf(reached) : firstOf(reached, 0);
  if (kind === 'month') return { to, from: firstOf(to, -1), before: firstOf(to, -2) };
  return daysBefore(to, DAYS.week);
}

/** The last seven or thirty days with today, for whoever asks. */
export function recentSpan(kind: ReportKind, now: Date): ReportSpan {
  return daysBefore(addDays(midnightOf(now), 1), DAYS[kind]);
}

function daysBefore(to: Date, days: number): ReportSpan {
  return { to, from: addDays(to, -days), before: addDays(to, -2 * days) };
}

function addDays(date: Date, days: number): Date {
  return new Date(date.getTime() + days * DAY_MS);
}

function midnightOf(at: Date): Date {
  return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()));
}

function mondayOf(at: Date): Date {
  return addDays(midnightOf(at), -((at.getUTCDay() + 6) % 7));
}

function firstOf(at: Date, months: number): Date {
  return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + months));
}
