/** The kinds of jobs there are: the data that each carries, by the name of its queue. Data must be plain JSON. */
export type JobTypes = Record<string, object>;

/** A job in the hands of its handler. */
export interface Job<Data> {
  readonly id: string;
  readonly data: Data;
  /** 1 at first, then one more with every retry. */
  readonly attempt: number;
  /** Ends when the job was cancelled or taken away, ran out of time, or the process stops: then give up. */
  readonly signal: AbortSignal;
  /** Says that the job is alive, as the queue does by itself every few seconds; false when it is no longer this worker's. */
  heartbeat(): Promise<boolean>;
}

export interface RetryPolicy {
  /** Attempts after the first. */
  limit: number;
  /** Pause before the first retry; doubled, with some chance, before each later one. */
  delaySeconds: number;
}

export interface HandlerOptions {
  /** Jobs of this queue that one process works on at once; 1 unless given. */
  concurrency?: number;
  /** Longest time one attempt may take, under a day; an hour unless given. */
  timeoutSeconds?: number;
  /** Two retries, after about 1 and 2 seconds, unless given. */
  retry?: RetryPolicy;
}

export interface SendOptions {
  /** No second job with this key is taken while one waits or runs. */
  key?: string;
  startAfter?: Date;
  /** For this job alone. */
  retry?: RetryPolicy;
}

/**
 * Work that outlives requests and restarts. A job is kept in the database; any process that defined its queue may
 * take it up, one at a time does, and a job whose worker died is taken up by another. A handler can thus be run
 * again on work half done, and must be able to.
 */
export interface Queue<Types extends JobTypes = JobTypes> {
  /** Says how jobs of a queue are done here; before `start`, once per queue. */
  define<Name extends keyof Types & string>(
    name: Name,
    handler: (job: Job<Types[Name]>) => Promise<unknown>,
    options?: HandlerOptions,
  ): void;
  /** Adds a job, durably; gives its id, or null where its key is taken. */
  send<Name extends keyof Types & string>(
    name: Name,
    data: Types[Name],
    options?: SendOptions,
  ): Promise<string | null>;
  /**
   * Adds a job whenever a cron expression (five fields) says so, in UTC unless a time zone is given; once over all
   * replicas, and not while the one before waits or runs. What no process schedules before its `start` is forgotten.
   */
  schedule<Name extends keyof Types & string>(
    name: Name,
    cron: string,
    data: Types[Name],
    timeZone?: string,
  ): Promise<void>;
  /** Takes a job back: if it waits it is never done, if it runs its signal ends. It is not retried. */
  cancel<Name extends keyof Types & string>(name: Name, id: string): Promise<void>;
  /** Jobs that wait, by queue, of the queues used here; at most a minute old. */
  depths(): Promise<Record<string, number>>;
  /** Begins to do jobs. */
  start(): Promise<void>;
  /**
   * Takes nothing new and waits for what runs; what is not done in `drainMs` (15 s unless given, at least 1 s) has
   * its signal ended and is retried by the next process.
   */
  stop(drainMs?: number): Promise<void>;
}
