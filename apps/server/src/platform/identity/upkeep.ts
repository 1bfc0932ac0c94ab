import type { Clock } from '../clock.ts';
import type { Database } from '../db/open.ts';
import { forgetOldKeys } from '../http/idempotency-store.ts';
import type { Log } from '../log.ts';
import { forgetExpired } from './store.ts';

const EVERY_MS = 3_600_000;

/**
 * Forgets what has expired (sessions, sign-in links, Idempotency-Keys), hourly, so that the tables don't grow for
 * ever. Nothing depends on it: whoever reads these rows looks at their time. Returns what stops it.
 */
export function startUpkeep(database: Database, clock: Clock, log: Log): () => void {
  const sweep = async () => {
    try {
      await forgetExpired(database.sql, clock.now());
      await forgetOldKeys(database);
    } catch (error) {
      log.warn({ err: error }, 'expired sessions and keys could not be removed; trying again in an hour');
    }
  };
  const timer = setInterval(() => void sweep(), EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}
