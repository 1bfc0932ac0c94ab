import type { Log } from './log.ts';

/** Work that goes on until stopped. */
export interface Repetition {
  /** Resolves when no run is under way and none will follow. */
  stop(): Promise<void>;
}

/**
 * Runs `work`, waits, runs it again: never two at once. A failure is logged when it begins and when it is over, not
 * every time, because an absent database would fill the log.
 */
export function repeat(milliseconds: number, work: () => Promise<void>, log: Log, what: string): Repetition {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let failing = false;
  let running = Promise.resolve();
  const run = async () => {
    try {
      await work();
      if (failing) log.info({}, `${what}: works again`);
      failing = false;
    } catch (error) {
      if (!failing) log.warn({ err: error }, `${what}: failed, going on with what is known`);
      failing = true;
    }
    if (!stopped) schedule();
  };
  const schedule = () => {
    timer = setTimeout(() => {
      running = run();
    }, milliseconds).unref();
  };
  schedule();
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
