import { setTimeout as wait } from 'node:timers/promises';
import { UpstreamFailure } from './upstream-failure.ts';

const FIRST_WAIT_MS = 250;
const LONGEST_BACKOFF_MS = 8_000;
/** An upstream that asks for more patience than this gets its answer passed on instead. */
const LONGEST_PATIENCE_MS = 20_000;

/**
 * Milliseconds to wait before retry number `retry` (0 for the first): exponential backoff with full jitter
 * (Brooker, "Exponential Backoff And Jitter", AWS 2015), and never less than the upstream asks for.
 * @param random a draw in [0, 1)
 */
export function backoff(retry: number, askedSeconds: number | undefined, random: () => number): number {
  const ceiling = Math.min(LONGEST_BACKOFF_MS, FIRST_WAIT_MS * 2 ** retry);
  return (askedSeconds ?? 0) * 1000 + random() * ceiling;
}

/**
 * Repeats an attempt while its failures may pass.
 * @param retries how often at most
 * @throws the last failure; the signal's reason when it is aborted while waiting
 */
export async function withRetries<T>(
  attempt: () => Promise<T>,
  retries: number,
  signal: AbortSignal,
  random: () => number = Math.random,
): Promise<T> {
  for (let retry = 0; ; retry++) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof UpstreamFailure) || !error.passing || retry >= retries) throw error;
      const milliseconds = backoff(retry, error.details.retryAfterSeconds, random);
      if (milliseconds > LONGEST_PATIENCE_MS) throw error;
      await pause(milliseconds, signal);
    }
  }
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await wait(milliseconds, undefined, { signal });
  } catch (error) {
    throw signal.aborted ? signal.reason : error;
  }
}
