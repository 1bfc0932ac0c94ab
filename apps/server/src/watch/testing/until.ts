import { setTimeout as delay } from 'node:timers/promises';

/** Waits until a question is answered with something; the test's own time limit ends a wait in vain. */
export async function until<T>(ask: () => Promise<T | null | undefined | false>): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (answer !== null && answer !== undefined && answer !== false) return answer;
    await delay(20);
  }
}
