import { AttuneError } from '@attune/contracts';
import type { Log } from '../../platform/log.ts';
import { type Batch, batchOf, settle } from './batch.ts';
import type { WorkMessage } from './messages.ts';
import { type ModelFile, type Task, WorkQueue } from './work-queue.ts';
import { WorkerThread } from './worker-thread.ts';

export interface PoolOptions {
  readonly workers: number;
  readonly modelsFolder: string;
  readonly log: Log;
  /** The program of a thread; the scoring worker unless given. */
  readonly program?: URL;
}

/** Models that a thread keeps; the one that was not used for longest goes first. */
const MODELS_PER_THREAD = 8;
/** A batch that takes longer is stuck. */
const STUCK_MS = 60_000;
const FIRST_RESPAWN_MS = 50;
const SLOWEST_RESPAWN_MS = 5_000;

/**
 * Threads that score and embed. A thread that is free takes what waits, as much as fits a batch: alone when it is
 * quiet, together when it is busy. A thread that dies is replaced; who waited for it gets `scoring_unavailable`.
 */
export class ScoringPool {
  readonly #options: PoolOptions;
  readonly #queue = new WorkQueue();
  readonly #seats: Seat[] = [];
  #closed = false;

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  start(): void {
    while (this.#seats.length < this.#options.workers) {
      this.#seats.push(new Seat(this.#options, () => this.#serve()));
    }
  }

  /** Texts that wait for a thread. */
  get waiting(): number {
    return this.#queue.length;
  }

  /** @throws AttuneError `overloaded`, `scoring_unavailable` after `close` */
  submit(tasks: readonly Task[]): void {
    if (this.#closed) throw new AttuneError('scoring_unavailable');
    this.start();
    this.#queue.add(tasks);
    this.#serve();
  }

  /** Has every thread load a model before texts come for it. @throws AttuneError `scoring_unavailable` */
  async load(model: ModelFile): Promise<void> {
    if (this.#closed) throw new AttuneError('scoring_unavailable');
    this.start();
    await Promise.all(this.#seats.map((seat) => loadedBy(seat, model)));
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const task of this.#queue.clear()) task.failed(new AttuneError('scoring_unavailable'));
    await Promise.all(this.#seats.map((seat) => seat.close()));
  }

  #serve(): void {
    for (const seat of this.#seats) {
      if (!seat.free) continue;
      const tasks = this.#queue.take();
      if (tasks.length === 0) return;
      seat.work(batchOf(tasks));
    }
  }
}

/** Scoring nothing takes a model as far as scoring anything does. */
function loadedBy(seat: Seat, model: ModelFile): Promise<void> {
  return new Promise((resolve, reject) => {
    const work = { kind: 'score', model, query: '', context: '', response: '' } as const;
    const task: Task = { lane: 'bulk', work, wanted: () => true, done: () => resolve(), failed: reject };
    seat.workNext(batchOf([task]));
  });
}

/** A place in the pool: the thread in it may change. */
class Seat {
  readonly #options: PoolOptions;
  readonly #onFree: () => void;
  #thread: WorkerThread | undefined;
  #busy = false;
  /** Batches for this thread and no other. */
  #own: Batch[] = [];
  #closed = false;
  #deaths = 0;
  #respawn: NodeJS.Timeout | undefined;
  /** Models that the thread has, the one used last at the end. */
  #models: string[] = [];

  constructor(options: PoolOptions, onFree: () => void) {
    this.#options = options;
    this.#onFree = onFree;
    this.#spawn();
  }

  get free(): boolean {
    return this.#thread?.alive === true && !this.#busy;
  }

  /** Does a batch as soon as the thread is free, before it turns to the queue. */
  workNext(batch: Batch): void {
    this.#own.push(batch);
    this.#next();
  }

  work(batch: Batch): void {
    const thread = this.#thread;
    if (thread === undefined) throw new Error('no thread in this seat');
    this.#busy = true;
    const stuck = setTimeout(() => void thread.end(), STUCK_MS);
    thread
      .ask(this.#message(batch))
      .then(({ results }) => {
        this.#deaths = 0;
        for (const result of results) {
          if (result.kind === 'failed') this.#options.log.warn({ reason: result.message }, 'scoring failed');
        }
        settle(batch, results);
      })
      .catch((cause: unknown) => {
        refuse(batch, cause);
      })
      .finally(() => {
        clearTimeout(stuck);
        this.#busy = false;
        this.#next();
      });
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#respawn);
    for (const batch of this.#own.splice(0)) refuse(batch, new Error('the pool closes'));
    await this.#thread?.end();
  }

  #next(): void {
    if (!this.free) return;
    const own = this.#own.shift();
    if (own === undefined) this.#onFree();
    else this.work(own);
  }

  #message({ groups, models }: Batch): WorkMessage {
    const missing = [...models.values()].filter(({ sha256 }) => !this.#models.includes(sha256));
    const others = this.#models.filter((sha256) => !models.has(sha256));
    const all = [...others, ...models.keys()];
    const forget = all
      .slice(0, Math.max(0, all.length - MODELS_PER_THREAD))
      .filter((sha256) => !models.has(sha256));
    this.#models = all.filter((sha256) => !forget.includes(sha256));
    return { models: missing, forget, groups };
  }

  #spawn(): void {
    const program = this.#options.program ?? new URL('./scoring.worker.ts', import.meta.url);
    const thread = new WorkerThread(program, { modelsFolder: this.#options.modelsFolder });
    this.#thread = thread;
    this.#models = [];
    void thread.ended.then(() => this.#replace());
  }

  /** A thread that dies again and again is replaced more and more slowly. */
  #replace(): void {
    this.#thread = undefined;
    if (this.#closed) return;
    const wait = Math.min(SLOWEST_RESPAWN_MS, FIRST_RESPAWN_MS * 2 ** this.#deaths);
    this.#deaths += 1;
    this.#options.log.error({ wait_ms: wait }, 'a scoring thread ended and will be replaced');
    this.#respawn = setTimeout(() => {
      this.#spawn();
      this.#next();
    }, wait);
  }
}

function refuse(batch: Batch, cause: unknown): void {
  const error = new AttuneError('scoring_unavailable', {}, { cause });
  for (const tasks of batch.tasksOf) for (const task of tasks) task.failed(error);
}
