import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/db/open.ts';
import type { Log } from '../platform/log.ts';
import { hasExited } from './replica.ts';
import { abortOpen, beat, replicasSince, replicasWithOpenAnswers, signOff } from './store.ts';

const BEAT_MS = 10_000;
/** Silence after which a replica counts as dead: several beats, so that a busy database does not kill it. */
const DEAD_AFTER_MS = 60_000;
const FORGOTTEN_AFTER_MS = 86_400_000;

/** Looks after answers that were begun and never ended, because the server that wrote them is gone. */
export interface OpenAnswers {
  /** Marks answers of dead servers aborted, now and from time to time. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** @param replica name of this process in the log */
export function watchOpenAnswers(database: Database, clock: Clock, log: Log, replica: string): OpenAnswers {
  let timer: NodeJS.Timeout | undefined;
  const round = async () => {
    const now = clock.now().getTime();
    await beat(database.sql, replica, new Date(now), new Date(now - FORGOTTEN_AFTER_MS));
    const aborted = await abortAbandoned(database, replica, new Date(now - DEAD_AFTER_MS));
    if (aborted > 0) log.info({ aborted }, 'marked answers of stopped servers as aborted');
  };
  const tick = () =>
    void round().catch((error: unknown) => log.warn({ err: error }, 'the round for open answers failed'));
  return {
    async start() {
      await round();
      timer = setInterval(tick, BEAT_MS);
      timer.unref();
    },
    async stop() {
      clearInterval(timer);
      await signOff(database.sql, replica);
    },
  };
}

/** The embedded database has one server at a time: whoever else has open answers there is gone. */
async function abortAbandoned(database: Database, self: string, seenSince: Date): Promise<number> {
  const others = (await replicasWithOpenAnswers(database.sql)).filter((replica) => replica !== self);
  if (others.length === 0) return 0;
  const alive = database.kind === 'pglite' ? [] : await replicasSince(database.sql, seenSince);
  const dead = others.filter((replica) => hasExited(replica, self) || !alive.includes(replica));
  return dead.length === 0 ? 0 : abortOpen(database.sql, dead);
}
