/**
 * A stream of values for one reader who only cares about the newest: while the reader is busy, a newer value takes
 * the place of the one not yet read, so that a slow reader costs no memory. Ends at once when the reader leaves.
 */
export class LatestValues<T> implements AsyncIterableIterator<T> {
  readonly #left: () => void;
  #unread: { value: T } | null = null;
  #reader: ((result: IteratorResult<T>) => void) | null = null;
  #ended = false;

  /** @param left called once when the stream ends */
  constructor(left: () => void) {
    this.#left = left;
  }

  push(value: T): void {
    if (this.#ended) return;
    if (this.#reader === null) this.#unread = { value };
    else this.#answer({ value, done: false });
  }

  next(): Promise<IteratorResult<T>> {
    const unread = this.#unread;
    this.#unread = null;
    if (this.#ended) return Promise.resolve({ value: undefined, done: true });
    if (unread !== null) return Promise.resolve({ value: unread.value, done: false });
    return new Promise((resolve) => {
      this.#reader = resolve;
    });
  }

  return(): Promise<IteratorResult<T>> {
    if (!this.#ended) {
      this.#ended = true;
      this.#answer({ value: undefined, done: true });
      this.#left();
    }
    return Promise.resolve({ value: undefined, done: true });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #answer(result: IteratorResult<T>): void {
    this.#reader?.(result);
    this.#reader = null;
  }
}
