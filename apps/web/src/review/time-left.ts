const HOUR = 3600;

/** A remaining time in a round unit: minutes up to two hours, hours beyond. Never less than one. */
export function timeLeft(seconds: number): { unit: 'minutes' | 'hours'; count: number } {
  if (seconds > 2 * HOUR) return { unit: 'hours', count: Math.round(seconds / HOUR) };
  return { unit: 'minutes', count: Math.max(1, Math.round(seconds / 60)) };
}
