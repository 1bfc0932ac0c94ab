import type { JobEvent } from '@attune/contracts';
import type { JobBell } from './job-bell.ts';
import type { JobKey } from './job-key.ts';
import { running } from './job-status.ts';
import { changeJob } from './job-store.ts';
import type { LearnPlatform } from './learn.ts';

type WithoutTime<Event> = Event extends { at: string } ? Omit<Event, 'at'> : never;
/** An event before it is stamped with the time. */
export type Unstamped = WithoutTime<JobEvent>;

/** How often a run says that it is alive when it has nothing else to say. */
export const HEARTBEAT_MS = 2000;

/** Why a run stops: its job was cancelled, declared lost or given to another run. */
export class RunDisowned extends Error {}

/**
 * Writes what a run says into its job, one write at a time: what is said during a write goes into the next. Every
 * write is a heartbeat and learns whether the job still belongs to this run; `disowned` is aborted when it does not.
 * A database that is away is waited for: what was said is kept.
 */
export class RunVoice {
  readonly #platform: LearnPlatform;
  readonly #bell: JobBell;
  readonly #job: JobKey;
  readonly #run: string;
  readonly #disowned = new AbortController();
  readonly #timer: NodeJS.Timeout;
  readonly #deaf: () => void;
  #waiting: JobEvent[] = [];
  #progress: number | undefined;
  #writing: Promise<void> | undefined;

  constructor(platform: LearnPlatform, bell: JobBell, job: JobKey, run: string) {
    this.#platform = platform;
    this.#bell = bell;
    this.#job = job;
    this.#run = run;
    this.#timer = setInterval(() => this.#write(), HEARTBEAT_MS);
    // Someone may have cancelled the job: look at once.
    this.#deaf = bell.listen(job.id, () => this.#write());
  }

  /** Aborted with `RunDisowned` when the job is not this run's any more. */
  get disowned(): AbortSignal {
    return this.#disowned.signal;
  }

  /** @param progress share of the whole run that is done, 0–1 */
  say(event: Unstamped, progress?: number): void {
    const last = this.#waiting.at(-1);
    const stamped = { ...event, at: this.#platform.clock.now().toISOString() };
    // Of the progress of one stage only the newest matters to whoever reads it later.
    if (stamped.type === 'progress' && last?.type === 'progress' && last.stage === stamped.stage) {
      this.#waiting.pop();
    }
    this.#waiting.push(stamped);
    this.#progress = progress ?? this.#progress;
    this.#write();
  }

  /** Takes what has not been written and ends the heartbeat; the last change of the job carries it. */
  async finish(): Promise<JobEvent[]> {
    clearInterval(this.#timer);
    this.#deaf();
    while (this.#writing !== undefined) await this.#writing;
    return this.#waiting.splice(0);
  }

  #write(): void {
    if (this.#writing !== undefined || this.#disowned.signal.aborted) return;
    this.#writing = this.#writeOnce().then((written) => {
      this.#writing = undefined;
      if (written && this.#waiting.length > 0) this.#write();
    });
  }

  /** Whether it could be written. */
  async #writeOnce(): Promise<boolean> {
    const events = this.#waiting.splice(0);
    try {
      const { database, clock } = this.#platform;
      const change = {
        heartbeat_at: clock.now(),
        ...(this.#progress === undefined ? {} : { progress: this.#progress }),
      };
      const job = await changeJob(
        database.sql,
        { ...this.#job, from: running, run: this.#run },
        change,
        events,
      );
      if (job === undefined) this.#disowned.abort(new RunDisowned('the job does not belong to this run'));
      else if (events.length > 0) await this.#bell.ring(this.#job.id);
      return true;
    } catch (error) {
      this.#waiting.unshift(...events);
      this.#platform.log.warn({ err: error, job: this.#job.id }, 'a heartbeat could not be written');
      return false;
    }
  }
}
