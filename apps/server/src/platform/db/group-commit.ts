import { DatabaseUnavailable } from './unavailable.ts';

/** More rows are waiting to be written than are held; try again shortly. */
export class Overloaded extends Error {
  override readonly name = 'Overloaded';
}

export interface GroupCommitOptions<Row> {
  /** Writes rows in one statement or transaction; resolves when they are durable. All or none. */
  flush(rows: readonly Row[]): Promise<void>;
  /**
   * What a row writes to. Two rows of the same key never share a batch, so that `ON CONFLICT DO UPDATE` and
   * `UPDATE … FROM` may be used, and the later one wins. Without it every row stands for itself.
   */
  keyOf?(row: Row): string;
  /** Rows in a batch at most; 500 unless given. */
  batchRows?: number;
  /** Rows that may wait at most; 10,000 unless given. */
  queueRows?: number;
}

interface Pending<Row> {
  readonly row: Row;
  done(): void;
  failed(reason: unknown): void;
}

/**
 * Writes rows of many callers together. The first row is flushed at once; what arrives while a flush runs goes
 * with the next. There is no timer: a lone writer waits for its own write alone, and a crowd shares the cost of one.
 * Rows are written in the order of their `write` calls.
 */
export class GroupCommit<Row> {
  readonly #flush: (rows: readonly Row[]) => Promise<void>;
  readonly #keyOf: ((row: Row) => string) | undefined;
  readonly #batchRows: number;
  readonly #queueRows: number;
  #waiting: Pending<Row>[] = [];
  #running: Promise<void> | undefined;

  constructor({ flush, keyOf, batchRows = 500, queueRows = 10_000 }: GroupCommitOptions<Row>) {
    this.#flush = flush;
    this.#keyOf = keyOf;
    this.#batchRows = batchRows;
    this.#queueRows = queueRows;
  }

  /** Rows that wait; those being written just now are not among them. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /**
   * Resolves when the row is durable.
   * @throws Overloaded at once when too many rows wait; DatabaseUnavailable when it may or may not have been
   *   written; otherwise what the flush threw for this row
   */
  write(row: Row): Promise<void> {
    if (this.#waiting.length >= this.#queueRows) {
      return Promise.reject(new Overloaded(`${this.#queueRows} rows are waiting to be written`));
    }
    return new Promise((done, failed) => {
      this.#waiting.push({ row, done, failed });
      this.#running ??= this.#run();
    });
  }

  /** Resolves when every row given so far has been written or refused. */
  async drain(): Promise<void> {
    while (this.#running !== undefined) await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) await this.#settle(this.#takeBatch());
    this.#running = undefined;
  }

  #takeBatch(): Pending<Row>[] {
    const end = this.#keyOf === undefined ? this.#batchRows : this.#firstRepeat(this.#keyOf);
    return this.#waiting.splice(0, end);
  }

  /** Where the first row stands whose key is in the batch already, or the end of a full batch. */
  #firstRepeat(keyOf: (row: Row) => string): number {
    const keys = new Set<string>();
    for (const { row } of this.#waiting) {
      if (keys.size === this.#batchRows || keys.has(keyOf(row))) break;
      keys.add(keyOf(row));
    }
    return keys.size;
  }

  async #settle(batch: Pending<Row>[]): Promise<void> {
    try {
      await this.#flush(batch.map(({ row }) => row));
      for (const { done } of batch) done();
    } catch (error) {
      await this.#settleSingly(batch, error);
    }
  }

  /** Finds the rows that cannot be written by trying each, unless it is the database that failed. */
  async #settleSingly(batch: Pending<Row>[], error: unknown): Promise<void> {
    const hopeless = batch.length === 1 || error instanceof DatabaseUnavailable;
    for (const pending of batch) {
      if (hopeless) pending.failed(error);
      else await this.#settle([pending]);
    }
  }
}
