interface Turn {
  readonly session: number;
  /** Does the work; true when the session must keep the engine (an open transaction). Must not reject. */
  run(): Promise<boolean>;
}

/**
 * Decides who uses the one engine: first come, first served, except that a session in the middle of a transaction
 * or of a series of messages is served alone until it lets go.
 */
export class Turns {
  #waiting: Turn[] = [];
  #owner: number | undefined;
  #busy = false;
  #watch: NodeJS.Timeout | undefined;
  readonly #idleMs: number;
  readonly #onIdle: (session: number) => void;

  /** `onIdle` is told of a session that keeps the engine without using it for `idleMs`, others waiting or not. */
  constructor(idleMs: number, onIdle: (session: number) => void) {
    this.#idleMs = idleMs;
    this.#onIdle = onIdle;
  }

  /** Whether this session is in the middle of something. */
  owns(session: number): boolean {
    return this.#owner === session;
  }

  /** Queues work of a session. */
  add(turn: Turn): void {
    this.#waiting.push(turn);
    if (!this.#busy) void this.#serve();
  }

  /** Forgets work of a session that has not begun. */
  drop(session: number): void {
    this.#waiting = this.#waiting.filter((turn) => turn.session !== session);
  }

  async #serve(): Promise<void> {
    this.#busy = true;
    for (let turn = this.#take(); turn !== undefined; turn = this.#take()) {
      clearTimeout(this.#watch);
      const keeps = await turn.run();
      this.#owner = keeps ? turn.session : undefined;
      if (keeps) this.#watchFor(turn.session);
    }
    this.#busy = false;
  }

  #take(): Turn | undefined {
    if (this.#owner === undefined) return this.#waiting.shift();
    const next = this.#waiting.findIndex((turn) => turn.session === this.#owner);
    return next === -1 ? undefined : this.#waiting.splice(next, 1)[0];
  }

  // Only the owner's own turns start this anew: others that come to wait do not make it less idle.
  #watchFor(owner: number): void {
    this.#watch = setTimeout(() => this.#onIdle(owner), this.#idleMs);
  }
}
