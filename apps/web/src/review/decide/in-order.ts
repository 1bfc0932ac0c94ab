/** Runs one piece of work after the other, in the order in which they were given. */
export class InOrder {
  #last: Promise<unknown> = Promise.resolve();

  /** Runs it when everything before is over, however that ended. */
  run<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work, work);
    this.#last = done.catch(() => null);
    return done;
  }
}
