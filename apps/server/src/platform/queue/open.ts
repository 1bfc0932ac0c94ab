import { type BossOptions, startBoss } from './boss.ts';
import { PgBossQueue } from './pg-boss-queue.ts';
import type { JobTypes, Queue } from './queue.ts';

/**
 * Opens the queue on the server's database. Jobs can be sent and schedules made at once; they are done from `start`
 * on, by the handlers defined until then.
 */
export async function openQueue<Types extends JobTypes = JobTypes>(
  options: BossOptions,
): Promise<Queue<Types>> {
  return new PgBossQueue<Types>(await startBoss(options), options.log);
}
