const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const day = new Intl.DateTimeFormat('en', { dateStyle: 'medium' });
const full = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

/** How long ago something was: `just now`, `5 minutes ago`, `yesterday`; a date after a week. */
export function agoText(timestamp: string, now: Date): string {
  const seconds = (new Date(timestamp).getTime() - now.getTime()) / 1000;
  const age = Math.abs(seconds);
  if (age < 45) return 'just now';
  if (age < 3600) return relative.format(Math.round(seconds / 60), 'minute');
  if (age < 86_400) return relative.format(Math.round(seconds / 3600), 'hour');
  if (age < 7 * 86_400) return relative.format(Math.round(seconds / 86_400), 'day');
  return day.format(new Date(timestamp));
}

/** Date and time of day, in the reader's time zone. */
export function momentText(timestamp: string): string {
  return full.format(new Date(timestamp));
}
