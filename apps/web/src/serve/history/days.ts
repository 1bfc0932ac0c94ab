export type Days = 'today' | 'yesterday' | 'week' | 'month' | 'older';

const DAY_MS = 86_400_000;

/** How long ago something was, as a heading: by the reader's own calendar days. */
export function daysSince(timestamp: string, now: Date): Days {
  const midnight = new Date(now.getFullYear(), now.getMonth(), now.getDate()).getTime();
  const at = new Date(timestamp).getTime();
  if (at >= midnight) return 'today';
  // Days are 23 to 25 hours long where clocks change; the noon before is in yesterday anyway.
  const yesterday = new Date(midnight - DAY_MS / 2);
  const yesterdayBegan = new Date(
    yesterday.getFullYear(),
    yesterday.getMonth(),
    yesterday.getDate(),
  ).getTime();
  if (at >= yesterdayBegan) return 'yesterday';
  if (at >= midnight - 7 * DAY_MS) return 'week';
  return at >= midnight - 30 * DAY_MS ? 'month' : 'older';
}
