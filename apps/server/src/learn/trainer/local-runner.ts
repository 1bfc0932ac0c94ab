import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { newId } from '../../platform/ids.ts';
import { type Repetition, repeat } from '../../platform/repeat.ts';
import { changeJob, type JobRow, pendingJobs } from '../job-store.ts';
import type { Learn } from '../learn.ts';
import { waitingAgain } from '../waiting-again.ts';
import { concludeRun } from './conclude-run.ts';
import { endingOfFailure } from './ending-of-failure.ts';
import { LocalRun } from './local-run.ts';
import { detach, jobsWithReaders, readerName, release, takeOver, turnOf } from './orphans.ts';
import { prepareRun } from './prepare-run.ts';
import { EVENTS_FILE, runFolder } from './run-folder.ts';
import { findProcess, startProcess } from './run-process.ts';

const LOOK_MS = 500;

/**
 * Starts the trainer for jobs that wait, as many at once as the machine may, and takes up the runs that a server before
 * this one left behind. Runs outlive the server.
 */
export class LocalRunner {
  readonly #learn: Learn;
  readonly #reader = readerName(newId());
  readonly #stopping = new AbortController();
  readonly #runs = new Map<string, Promise<void>>();
  #looking: Repetition | undefined;

  constructor(learn: Learn) {
    this.#learn = learn;
  }

  start(): void {
    const { log } = this.#learn.platform;
    this.#looking = repeat(LOOK_MS, () => this.#look(), log, 'looking for runs of the trainer');
  }

  /** Leaves what runs to the next server. */
  async stop(): Promise<void> {
    await this.#looking?.stop();
    this.#stopping.abort();
    await Promise.all(this.#runs.values());
    await release(this.#learn.platform.database.sql, this.#reader);
  }

  async #look(): Promise<void> {
    const { platform, needs } = this.#learn;
    const { sql } = platform.database;
    for (const job of await jobsWithReaders(sql)) {
      if (!this.#runs.has(job.id)) await this.#takeUp(job);
    }
    if (needs.trainer.mostRuns === 0) return;
    for (const job of await pendingJobs(sql, 'local')) {
      if (this.#runs.size >= needs.trainer.mostRuns) return;
      // Cancelled and resumed in one breath: the attempt before is still ending.
      if (!this.#runs.has(job.id)) await this.#claim(job);
    }
  }

  async #takeUp(job: JobRow): Promise<void> {
    const { platform, needs } = this.#learn;
    const turn = turnOf(job, this.#reader, platform);
    if (turn === 'not yet') return;
    const taken = await takeOver(platform.database.sql, job, this.#reader, platform.clock.now());
    if (taken === undefined) return;
    if (turn === 'nobodys' && taken.status === 'cancelled') return await detach(platform.database.sql, taken);
    if (turn === 'nobodys') {
      const message = 'The machine that ran this job is gone; resume the job to run it here.';
      return await concludeRun(this.#learn, taken, { kind: 'lost', message });
    }
    const folder = runFolder(needs.trainer.runsFolder, taken.id);
    const process = await findProcess(folder);
    if (process === null || process === 'elsewhere' || process.run !== taken.job_id) {
      return taken.status === 'cancelled'
        ? await detach(platform.database.sql, taken)
        : await this.#putBack(taken);
    }
    platform.log.info({ job: taken.id, process: process.pid }, 'a run of the trainer is followed again');
    this.#follow(taken.id, async () => {
      await new LocalRun(this.#learn, taken, process, folder, this.#reader).follow(this.#stopping.signal);
    });
  }

  /** The server before this one ended between claiming the job and starting its process. */
  async #putBack(job: JobRow): Promise<void> {
    const at = this.#learn.platform.clock.now().toISOString();
    const match = { ...job, from: [job.status], run: job.job_id ?? undefined };
    await changeJob(this.#learn.platform.database.sql, match, waitingAgain, [
      { type: 'status', at, status: 'pending' },
    ]);
  }

  async #claim(job: JobRow): Promise<void> {
    const { platform, needs, bell } = this.#learn;
    const folder = runFolder(needs.trainer.runsFolder, job.id);
    const now = platform.clock.now();
    const run = newId();
    const goesOn = await access(join(folder, EVENTS_FILE)).then(
      () => true,
      () => false,
    );
    const start = {
      status: 'validating' as const,
      job_id: run,
      started_at: now,
      heartbeat_at: now,
      attached_by: this.#reader,
      attached_at: now,
      // On a machine that knows nothing of the attempts before, the run and its count begin anew.
      ...(goesOn ? {} : { last_sequence: 0, checkpoint_step: null }),
    };
    const claimed = await changeJob(platform.database.sql, { ...job, from: ['pending'] }, start, [
      { type: 'status', at: now.toISOString(), status: 'validating' },
    ]);
    if (claimed === undefined) return;
    await bell.ring(job.id);
    this.#follow(job.id, () => this.#run(claimed, run, folder));
  }

  async #run(job: JobRow, run: string, folder: string): Promise<void> {
    const { trainer } = this.#learn.needs;
    try {
      await prepareRun(this.#learn, job, folder);
      const process = await startProcess(trainer, folder, run);
      await new LocalRun(this.#learn, job, process, folder, this.#reader).follow(this.#stopping.signal);
    } catch (error) {
      this.#learn.platform.log.warn({ err: error, job: job.id }, 'a run of the trainer could not be started');
      await concludeRun(this.#learn, job, endingOfFailure(error));
    }
  }

  #follow(id: string, work: () => Promise<void>): void {
    const run = work()
      .catch((err: unknown) => this.#learn.platform.log.error({ err, job: id }, 'a run was let go of'))
      .finally(() => this.#runs.delete(id));
    this.#runs.set(id, run);
  }
}
