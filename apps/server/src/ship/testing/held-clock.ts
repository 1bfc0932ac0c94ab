import type { Clock } from '../../platform/clock.ts';

/** A clock that stands still until it is moved. */
export class HeldClock implements Clock {
  #now = Date.UTC(2026, 0, 1);

  now(): Date {
    return new Date(this.#now);
  }

  pass(seconds: number): void {
    this.#now += seconds * 1000;
  }
}
