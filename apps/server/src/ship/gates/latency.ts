import { type Estimate, quantileInterval } from '@attune/core';

/** Scorings that are timed: enough for both ends of an interval around the 95th percentile. */
export const TIMED = 200;
/** Scorings before that: the model and its embedder get warm. */
const WARMING = 10;
const PERCENTILE = 0.95;

export interface Latency {
  /** 95th percentile of the time of one question's candidates, in milliseconds. */
  readonly p95: Estimate;
  readonly questionsPerSecond: number;
}

/**
 * Times scorings, so many of them under way at once as live traffic would have.
 * @param score scores the candidates of the k-th question
 * @param now milliseconds on a clock that never goes back
 */
export async function measureLatency(
  score: (k: number) => Promise<void>,
  concurrency: number,
  now: () => number = () => performance.now(),
): Promise<Latency> {
  for (let k = 0; k < WARMING; k++) await score(k);
  const times: number[] = [];
  let next = 0;
  const takeTurns = async () => {
    while (next < TIMED) {
      const k = next++;
      const start = now();
      await score(WARMING + k);
      times.push(now() - start);
    }
  };
  const began = now();
  await Promise.all(Array.from({ length: concurrency }, takeTurns));
  const seconds = (now() - began) / 1000;
  return { p95: quantileInterval(times, PERCENTILE), questionsPerSecond: TIMED / seconds };
}
