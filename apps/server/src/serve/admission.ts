import { AttuneError } from '@attune/contracts';

/** Lets in as many answers as may be in the making at once. */
export class Admission {
  #inside = 0;
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /**
   * @returns to be called when the answer has left or will not; calling it again does nothing
   * @throws AttuneError `overloaded`
   */
  enter(): () => void {
    if (this.#inside >= this.#limit) throw new AttuneError('overloaded', { retryAfterSeconds: 1 });
    this.#inside += 1;
    let inside = true;
    return () => {
      if (inside) this.#inside -= 1;
      inside = false;
    };
  }

  get inside(): number {
    return this.#inside;
  }
}
