import { setTimeout as pause } from 'node:timers/promises';

/** Resolves with what a look gives as soon as it gives something; the test runner ends one that never does. */
export async function until<Found>(look: () => Promise<Found | null>): Promise<Found> {
  for (;;) {
    const found = await look();
    if (found !== null) return found;
    await pause(50);
  }
}
