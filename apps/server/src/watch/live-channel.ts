import type { LiveCounters } from '@attune/contracts';
import { LatestValues } from './latest-values.ts';
import { differ } from './live-counters.ts';
import { PacedTask } from './paced-task.ts';

/** At most four times a second. */
const PACE = { intervalMs: 250, retryMs: 1000 };
/** Catches what no message told: changes by replicas that share no Redis, and by scripts in the database. */
const LOOK_EVERY_MS = 2000;

/** The people who watch one organisation's counters: one query for all of them. */
export class LiveChannel {
  readonly #readers = new Set<LatestValues<LiveCounters>>();
  readonly #read: () => Promise<LiveCounters>;
  readonly #refresh: PacedTask;
  #last: LiveCounters | null = null;
  #looking: NodeJS.Timeout | undefined;

  constructor(read: () => Promise<LiveCounters>, failed: (error: unknown) => void) {
    this.#read = read;
    this.#refresh = new PacedTask(() => this.#tell(), PACE, failed);
  }

  /** Says that something has changed. */
  changed(): void {
    if (this.#readers.size > 0) this.#refresh.request();
  }

  /** The counters at once, then whenever they change, until the reader leaves or the signal says so. */
  follow(signal: AbortSignal): AsyncIterable<LiveCounters> {
    const reader = new LatestValues<LiveCounters>(() => this.#leave(reader));
    this.#readers.add(reader);
    this.#looking ??= setInterval(() => this.changed(), LOOK_EVERY_MS).unref();
    signal.addEventListener('abort', () => void reader.return(), { once: true });
    if (signal.aborted) void reader.return();
    if (this.#last !== null) reader.push(this.#last);
    this.changed();
    return reader;
  }

  /** Ends every stream. */
  async stop(): Promise<void> {
    for (const reader of [...this.#readers]) void reader.return();
    await this.#refresh.stop();
  }

  async #tell(): Promise<void> {
    const now = await this.#read();
    if (this.#last !== null && !differ(this.#last, now)) return;
    this.#last = now;
    for (const reader of this.#readers) reader.push(now);
  }

  #leave(reader: LatestValues<LiveCounters>): void {
    this.#readers.delete(reader);
    if (this.#readers.size > 0) return;
    clearInterval(this.#looking);
    this.#looking = undefined;
    // Nobody keeps it fresh from here on.
    this.#last = null;
  }
}
