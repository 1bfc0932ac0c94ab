import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';

/*
 * Says when each of `total` beats is due (milliseconds since 1970), `perSecond` of them, from now on. It sleeps between
 * two beats: a loop that watches the clock would take a processor from what is measured, and timers of the event loop
 * are a millisecond apart.
 */
const { perSecond, total } = z.object({ perSecond: z.number(), total: z.number() }).parse(workerData);
const never = new Int32Array(new SharedArrayBuffer(4));
const now = () => performance.timeOrigin + performance.now();
const start = now();

for (let beat = 0; beat < total; beat += 1) {
  const due = start + (beat * 1000) / perSecond;
  const early = due - now();
  if (early > 0) Atomics.wait(never, 0, 0, early);
  parentPort?.postMessage(due);
}
