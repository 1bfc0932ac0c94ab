import type { Log } from './log.ts';

export interface RareWarningOptions {
  log: Log;
  message: string;
  /** Shortest time between two lines; a minute unless given. */
  everyMs?: number;
  /** Milliseconds since some moment; the system's unless given. */
  now?: () => number;
}

/** A warning that would come with every request while something is away: said at once, then once a minute with a count. */
export class RareWarning {
  readonly #log: Log;
  readonly #message: string;
  readonly #everyMs: number;
  readonly #now: () => number;
  #next = Number.NEGATIVE_INFINITY;
  #unsaid = 0;

  constructor({ log, message, everyMs = 60_000, now = Date.now }: RareWarningOptions) {
    this.#log = log;
    this.#message = message;
    this.#everyMs = everyMs;
    this.#now = now;
  }

  /** Says it, or counts it where it was said just now. */
  warn(error: unknown): void {
    this.#unsaid += 1;
    if (this.#now() < this.#next) return;
    this.#log.warn({ err: error, times: this.#unsaid }, this.#message);
    this.#next = this.#now() + this.#everyMs;
    this.#unsaid = 0;
  }
}
