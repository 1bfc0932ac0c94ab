import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';

/** What is promised between replicas, with which tests wait for it. */
const WITHIN_MS = 5000;

/** Waits until `look` gives what is expected, at most the five seconds that are promised; then says how it differs. */
export async function eventually<Value>(look: () => Value | Promise<Value>, expected: Value): Promise<void> {
  const until = Date.now() + WITHIN_MS;
  for (;;) {
    const value = await look();
    try {
      assert.deepEqual(value, expected);
      return;
    } catch (error) {
      if (Date.now() > until) throw error;
    }
    await wait(50);
  }
}
