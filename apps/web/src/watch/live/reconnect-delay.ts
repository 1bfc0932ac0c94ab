/**
 * Milliseconds to wait before the next connection: 1 s, doubling to 15 s, each time with a random part of up to half,
 * so that many pages don't return to a restarted server in one moment.
 * @param failures connections that failed in a row, from 1
 * @param random a number of 0–1
 */
export function reconnectDelay(failures: number, random: number): number {
  const longest = Math.min(15_000, 1000 * 2 ** (failures - 1));
  return longest * (1 - random / 2);
}
