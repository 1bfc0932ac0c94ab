import { z } from 'zod';
import { pendingJobs } from './job-store.ts';
import type { Learn } from './learn.ts';
import { runJob } from './run-job.ts';
import { enqueue } from './submit-job.ts';
import { TRAIN } from './train-queue.ts';

const Data = z.object({ organization: z.string(), jobId: z.string() });
/** The queue's longest. A run says itself that it is alive; it is not the queue that ends it. */
const LONGEST_SECONDS = 86_000;

/** Brings the jobs that the queue hands out to a runner, one at a time per process: training takes whole cores. */
export class TrainingRunner {
  readonly #learn: Learn;
  readonly #stopping = new AbortController();
  readonly #runs = new Set<Promise<void>>();

  /** Says to the queue what to do; to be made before the queue starts. */
  constructor(learn: Learn) {
    this.#learn = learn;
    const options = { concurrency: 1, timeoutSeconds: LONGEST_SECONDS, retry: { limit: 0, delaySeconds: 1 } };
    learn.platform.queue.define(TRAIN, ({ data, signal }) => this.#run(Data.parse(data), signal), options);
  }

  /** Jobs that wait without the queue knowing (a server stopped while they ran, or before they were sent). */
  async start(): Promise<void> {
    for (const job of await pendingJobs(this.#learn.platform.database.sql, 'worker')) {
      await enqueue(this.#learn, job);
    }
  }

  /** Ends the runs of this process; their jobs wait for the next start. */
  async stop(): Promise<void> {
    this.#stopping.abort(new Error('the server stops'));
    await Promise.allSettled(this.#runs);
  }

  async #run({ organization, jobId }: z.infer<typeof Data>, signal: AbortSignal): Promise<void> {
    const stopping = AbortSignal.any([signal, this.#stopping.signal]);
    const run = runJob(this.#learn, { organization, id: jobId }, stopping);
    this.#runs.add(run);
    try {
      await run;
    } finally {
      this.#runs.delete(run);
    }
  }
}
