import type { Log } from '../../platform/log.ts';
import { type Repetition, repeat } from '../../platform/repeat.ts';
import type { Sql } from '../sql.ts';
import { foldHours } from './fold-hours.ts';
import type { Span } from './hour-values.ts';
import { markedHours } from './rollup-marks.ts';

const LOOK_EVERY_MS = 2000;
/** A row takes some hundredths of this: summing takes about a hundredth of the time, however many rows an hour has. */
const REST_PER_ROW_MS = 4;
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
    const { most, failed } = await this.sumMarked();
    const rest = Math.min(most * REST_PER_ROW_MS, LONGEST_REST_MS);
    this.#restUntil = performance.now() + (failed ? Math.max(rest, REST_AFTER_FAILURE_MS) : rest);
  }

  /**
   * Sums each marked hour once.
   * @returns the rows of the largest run of hours, as that may come again, and whether one failed
   */
  async sumMarked(): Promise<{ readonly most: number; readonly failed: boolean }> {
    let [most, failed] = [0, false];
    for (const marked of await markedHours(this.#sql)) {
      if (this.#stopping) break;
      const rows = await this.#sum(marked);
      if (rows === null) failed = true;
      else most = Math.max(most, rows);
    }
    return { most, failed };
  }

  /** Hours that cannot be summed keep none of the others from it: null. */
  async #sum(marked: Span): Promise<number | null> {
    try {
      return await foldHours(this.#sql, marked);
    } catch (error) {
      this.#log.error({ err: error, ...marked }, 'hours cannot be summed for the dashboards');
      return null;
    }
  }
}
