import { AttuneError, type Score } from '@attune/contracts';

/** One text to score or embed. */
export interface Task {
  readonly lane: 'interactive' | 'bulk';
  readonly work:
    | {
        readonly kind: 'score';
        readonly model: ModelFile;
        readonly query: string;
        readonly context: string;
        readonly response: string;
      }
    | { readonly kind: 'embed'; readonly text: string };
  /** Whether somebody still waits for it. */
  readonly wanted: () => boolean;
  readonly done: (result: TaskResult) => void;
  readonly failed: (error: unknown) => void;
}

export type TaskResult =
  | { readonly kind: 'score'; readonly score: Score }
  | { readonly kind: 'vector'; readonly vector: Float32Array; readonly embedder: string };

export interface ModelFile {
  readonly sha256: string;
  readonly file: Uint8Array;
  /** Whether its embedder takes many times as long for a text as asking another process does. */
  readonly slow: boolean;
}

/** A batch ends where it would hold more than this: so long a thread cannot turn to more urgent texts. */
const BATCH_CHARACTERS = 32_768;
const BATCH_TASKS = 64;
const QUEUE_CHARACTERS = 64_000_000;
const QUEUE_TASKS = 50_000;

/** Characters that a task makes a thread read. */
export function charactersOf({ work }: Task): number {
  if (work.kind === 'embed') return work.text.length;
  return work.context.length + work.query.length + work.response.length;
}

/** Texts that wait for a thread: interactive ones first, each lane in the order of arrival. Bounded. */
export class WorkQueue {
  readonly #lanes = { interactive: [] as Task[], bulk: [] as Task[] };
  #characters = 0;

  get length(): number {
    return this.#lanes.interactive.length + this.#lanes.bulk.length;
  }

  /** @throws AttuneError `overloaded` when too much waits; then none of the tasks is added */
  add(tasks: readonly Task[]): void {
    const characters = tasks.reduce((sum, task) => sum + charactersOf(task), 0);
    if (this.length + tasks.length > QUEUE_TASKS || this.#characters + characters > QUEUE_CHARACTERS) {
      throw new AttuneError('overloaded', {
        message: 'Too many texts wait to be scored.',
        retryAfterSeconds: 2,
      });
    }
    this.#characters += characters;
    for (const task of tasks) this.#lanes[task.lane].push(task);
  }

  /**
   * Takes the next batch, shortest first, so that embedders that pad waste little; empty when nothing waits. Texts
   * that nobody waits for any more are dropped.
   */
  take(): Task[] {
    const batch: Task[] = [];
    let characters = 0;
    for (const lane of [this.#lanes.interactive, this.#lanes.bulk]) {
      let taken = 0;
      for (const task of lane) {
        const full = batch.length >= BATCH_TASKS || characters >= BATCH_CHARACTERS;
        if (full) break;
        taken += 1;
        this.#characters -= charactersOf(task);
        if (!task.wanted()) continue;
        batch.push(task);
        characters += charactersOf(task);
      }
      lane.splice(0, taken);
    }
    return batch.sort((a, b) => charactersOf(a) - charactersOf(b));
  }

  /** Empties the queue and gives what was in it. */
  clear(): Task[] {
    this.#characters = 0;
    return [...this.#lanes.interactive.splice(0), ...this.#lanes.bulk.splice(0)];
  }
}
