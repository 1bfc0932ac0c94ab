import { setTimeout as sleep } from 'node:timers/promises';
import { AttuneApiError } from '@attune/sdk';

const TRIES = 10;

/** Does what can be done again, and again when the server says that it is busy, after as long as it says. */
export async function sparing<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await work();
    } catch (error) {
      const busy = error instanceof AttuneApiError && error.retryAfterSeconds !== null;
      if (!busy || tried === TRIES) throw error;
      await sleep((error.retryAfterSeconds ?? 1) * 1000);
    }
  }
}
