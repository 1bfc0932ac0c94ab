import type { Database } from '../../platform/db/open.ts';
import { hashSecret, newSecret } from '../../platform/identity/tokens.ts';
import { newId } from '../../platform/ids.ts';
import { type Repetition, repeat } from '../../platform/repeat.ts';
import { hasEnded, running } from '../job-status.ts';
import { changeJob, findJob, type JobRow, pendingJobs } from '../job-store.ts';
import type { Learn } from '../learn.ts';
import type { RayNeeds } from '../needs.ts';
import { concludeRun } from '../trainer/conclude-run.ts';
import { type Ending, endingOfSilence } from '../trainer/ending.ts';
import { limitCrossed } from '../trainer/run-limits.ts';
import { RayJobs, RayUnavailable } from './ray-jobs.ts';
import { endingOnCluster } from './ray-state.ts';
import { submissionFor, submissionId } from './ray-submission.ts';

const LOOK_MS = 1000;
/** What a run whose job has ended gets to leave its last checkpoint, before Ray stops it. */
const GRACE_MS = 10_000;
/** Jobs that ended so long ago have left the cluster, or never will. */
const FORGOTTEN_MS = 600_000;

type Sql = Database['sql'];

/**
 * Hands waiting jobs to a Ray cluster and keeps an eye on them there. What they do they tell over HTTP, to any server;
 * here it is noticed when they end without a last word.
 */
export class RayRunner {
  readonly #learn: Learn;
  readonly #ray: RayNeeds;
  readonly #jobs: RayJobs;
  /** Attempts that have left the cluster. */
  readonly #gone = new Set<string>();
  #looking: Repetition | undefined;

  constructor(learn: Learn, ray: RayNeeds) {
    this.#learn = learn;
    this.#ray = ray;
    this.#jobs = new RayJobs(ray.url, ray.token);
  }

  start(): void {
    const { log } = this.#learn.platform;
    this.#looking = repeat(LOOK_MS, () => this.#look(), log, 'looking after runs on Ray');
  }

  /** What runs on the cluster goes on. */
  async stop(): Promise<void> {
    await this.#looking?.stop();
  }

  async #look(): Promise<void> {
    const { sql } = this.#learn.platform.database;
    for (const job of await pendingJobs(sql, 'ray')) await this.#submit(job);
    const since = new Date(this.#learn.platform.clock.now().getTime() - FORGOTTEN_MS);
    for (const job of await jobsOnCluster(sql, since)) {
      if (job.job_id === null || this.#gone.has(job.job_id)) continue;
      if (hasEnded(job.status)) await this.#clearAway(job, job.job_id);
      else await this.#lookAfter(job, job.job_id);
    }
  }

  async #submit(job: JobRow): Promise<void> {
    const { platform, bell } = this.#learn;
    const now = platform.clock.now();
    const run = newId();
    const token = newSecret('atj');
    const start = {
      status: 'validating' as const,
      job_id: run,
      started_at: now,
      heartbeat_at: now,
      token_hash: hashSecret(token),
    };
    const claimed = await changeJob(platform.database.sql, { ...job, from: ['pending'] }, start, [
      { type: 'status', at: now.toISOString(), status: 'validating' },
    ]);
    if (claimed === undefined) return;
    await bell.ring(job.id);
    try {
      await this.#jobs.submit(submissionFor(this.#ray, claimed, run, token));
    } catch (error) {
      if (!(error instanceof RayUnavailable)) throw error;
      const message = `${error.message} See to the cluster and resume the job.`;
      await concludeRun(this.#learn, claimed, { kind: 'failed', code: 'endpoint_unavailable', message });
    }
  }

  async #lookAfter(job: JobRow, run: string): Promise<void> {
    const ending = (await limitCrossed(this.#learn, job)) ?? (await this.#endingOf(job, run));
    if (ending === null) return;
    // It may have said its last word while the cluster was asked.
    const known = await findJob(this.#learn.platform.database.sql, job);
    if (known === undefined || known.job_id !== run || !running.includes(known.status)) return;
    await concludeRun(this.#learn, known, ending);
  }

  async #endingOf(job: JobRow, run: string): Promise<Ending | null> {
    const details = await this.#find(run);
    const found = endingOnCluster(details, job, this.#learn.platform.clock.now());
    if (found !== 'gone') return found;
    const printed = await this.#jobs.log(submissionId(run)).catch(() => '');
    // What a kernel of the cluster did is in no log of it.
    return endingOfSilence({ printed, lackedMemory: false, resumable: job.checkpoint_step !== null });
  }

  /** A run whose job has ended elsewhere hears of it when it reports; one that does not is stopped. */
  async #clearAway(job: JobRow, run: string): Promise<void> {
    const details = await this.#find(run);
    if (details === 'unreachable') return;
    const isThere = details?.status === 'PENDING' || details?.status === 'RUNNING';
    if (!isThere) {
      this.#gone.add(run);
      return;
    }
    const age = this.#learn.platform.clock.now().getTime() - (job.completed_at?.getTime() ?? 0);
    if (details.status === 'PENDING' || age > GRACE_MS) {
      await this.#jobs.stop(submissionId(run)).catch(unreachable);
    }
  }

  #find(run: string) {
    return this.#jobs.find(submissionId(run)).catch(unreachable);
  }
}

function unreachable(error: unknown): 'unreachable' {
  if (error instanceof RayUnavailable) return 'unreachable';
  throw error;
}

/** Jobs that run on the cluster, and those that ended a moment ago. */
function jobsOnCluster(sql: Sql, since: Date): Promise<JobRow[]> {
  return sql
    .selectFrom('fine_tuning_jobs')
    .selectAll()
    .where('runner', '=', 'ray')
    .where('job_id', 'is not', null)
    .where((job) => job.or([job('status', 'in', running), job('completed_at', '>', since)]))
    .orderBy('id')
    .execute();
}
