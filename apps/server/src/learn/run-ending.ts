import { AttuneError, type JobEvent, type Metrics } from '@attune/contracts';
import type { ErrorTables } from './error-tables.ts';
import type { JobKey } from './job-key.ts';
import { running } from './job-status.ts';
import { changeJob } from './job-store.ts';
import type { LearnPlatform } from './learn.ts';
import type { RunVoice, Unstamped } from './run-voice.ts';
import { waitingAgain } from './waiting-again.ts';
import { WorkerTaskError } from './worker-task.ts';

/** What a run of a linear reward model measured. */
type TrainingReport = Metrics & { readonly errors: ErrorTables };

type Change = Parameters<typeof changeJob>[2];

/**
 * The last word of a run: its job's end and what it has not said yet go into the database together. Where the job is
 * no longer the run's (it was cancelled at the last moment), nothing is written.
 */
export class RunEnding {
  readonly #platform: LearnPlatform;
  readonly #key: JobKey;
  readonly #run: string;
  readonly #voice: RunVoice;

  constructor(platform: LearnPlatform, key: JobKey, run: string, voice: RunVoice) {
    this.#platform = platform;
    this.#key = key;
    this.#run = run;
    this.#voice = voice;
  }

  /** @param report what was measured; null where nothing was held out */
  async complete(modelId: string, report: TrainingReport | null): Promise<void> {
    const training_metrics = report === null ? null : JSON.stringify(report);
    const completed_at = this.#platform.clock.now();
    await this.#write(
      { status: 'completed', resulting_model_id: modelId, training_metrics, progress: 1, completed_at },
      [
        { type: 'status', status: 'completed' },
        { type: 'done', model_id: modelId },
      ],
    );
  }

  async fail(error: unknown): Promise<void> {
    const message = reasonOf(error);
    this.#platform.log.warn({ err: error, job: this.#key.id }, 'a training job failed');
    const completed_at = this.#platform.clock.now();
    await this.#write({ status: 'failed', error_message: message, completed_at }, [
      { type: 'status', status: 'failed' },
      { type: 'failed', message },
    ]);
  }

  /** The server stops: the job waits again, and whichever server starts next takes it up. */
  async putBack(): Promise<void> {
    await this.#write(waitingAgain, [
      { type: 'log', message: 'the server stops; the job starts again with the next one' },
      { type: 'status', status: 'pending' },
    ]);
  }

  async #write(change: Change, last: readonly Unstamped[]): Promise<void> {
    const unsaid = await this.#voice.finish();
    const at = this.#platform.clock.now().toISOString();
    const events: JobEvent[] = [...unsaid, ...last.map((event) => ({ ...event, at }))];
    await changeJob(
      this.#platform.database.sql,
      { ...this.#key, from: running, run: this.#run },
      change,
      events,
    );
  }
}

function reasonOf(error: unknown): string {
  const code = error instanceof AttuneError || error instanceof WorkerTaskError ? error.code : null;
  const words = error instanceof Error ? error.message : String(error);
  return code === null ? words : `${code}: ${words}`;
}
