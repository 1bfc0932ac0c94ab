import type { Log } from '../../platform/log.ts';
import { type Repetition, repeat } from '../../platform/repeat.ts';
import type { Sql } from '../sql.ts';
import { foldHour, type RollupHour } from './fold-hour.ts';
import { markedHours } from './rollup-marks.ts';

const LOOK_EVERY_MS = 2000;
/** Summing takes at most about a hundredth of the time, however many rows the present hour has. */
const REST = 99;
const LONGEST_REST_MS = 900_000;
/** After an hour could not be summed. */
const REST_AFTER_FAILURE_MS = 60_000;

/** Sums the hours whose rows changed, soon after they did. Marks are rows, so that no crash loses one. */
export class RollupDuty {
  readonly #sql: Sql;
  readonly #log: Log;
  #repetition: Repetition | null = null;
  #stopping = false;
  #restUntil = 0;

  constructor(sql: Sql, log: Log) {
    this.#sql = sql;
    this.#log = log;
  }

  start(): void {
    this.#repetition = repeat(LOOK_EVERY_MS, () => this.#look(), this.#log, 'summing hours for dashboards');
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#repetition?.stop();
  }

  async #look(): Promise<void> {
    if (performance.now() < this.#restUntil) return;
    const { longest, failed } = await this.sumMarked();
    const rest = Math.min(longest * REST, LONGEST_REST_MS);
    this.#restUntil = performance.now() + (failed ? Math.max(rest, REST_AFTER_FAILURE_MS) : rest);
  }

  /**
   * Sums each marked hour once.
   * @returns the milliseconds that the longest took, as that is the one that will come again, and whether one failed
   */
  async sumMarked(): Promise<{ readonly longest: number; readonly failed: boolean }> {
    let [longest, failed] = [0, false];
    for (const marked of await markedHours(this.#sql)) {
      if (this.#stopping) break;
      const began = performance.now();
      if (!(await this.#sum(marked))) failed = true;
      longest = Math.max(longest, performance.now() - began);
    }
    return { longest, failed };
  }

  /** One hour that cannot be summed keeps none of the others from it. */
  async #sum(marked: RollupHour): Promise<boolean> {
    try {
      await foldHour(this.#sql, marked);
      return true;
    } catch (error) {
      this.#log.error({ err: error, ...marked }, 'an hour cannot be summed for the dashboards');
      return false;
    }
  }
}
