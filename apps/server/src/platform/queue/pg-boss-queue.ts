import { setTimeout as pause } from 'node:timers/promises';
import type { Job as BossJob, PgBoss } from 'pg-boss';
import { z } from 'zod';
import { newId } from '../ids.ts';
import type { Log } from '../log.ts';
import type { HandlerOptions, Job, JobTypes, Queue, RetryPolicy, SendOptions } from './queue.ts';

// pg-boss's shortest: a worker that sends none for so long is dead.
const HEARTBEAT_SECONDS = 10;
const POLL_SECONDS = 1;
const DEFAULT_TIMEOUT_SECONDS = 3600;
const DEFAULT_RETRY: RetryPolicy = { limit: 2, delaySeconds: 1 };
const LONGEST_RETRY_DELAY_SECONDS = 3600;
// After the drain, for handlers that heed their signal.
const GIVE_UP_MS = 1000;

/** What pg-boss answers, beyond what its types say. */
const Touched = z.object({ affected: z.number() });

interface Definition {
  readonly options: HandlerOptions;
  /** Begins to work; gives pg-boss's id of the workers. */
  begin(): Promise<string>;
}

function retryOptions({ limit, delaySeconds }: RetryPolicy) {
  return {
    retryLimit: limit,
    retryDelay: delaySeconds,
    retryBackoff: delaySeconds > 0,
    ...(delaySeconds > 0 ? { retryDelayMax: LONGEST_RETRY_DELAY_SECONDS } : {}),
  };
}

function queueOptions({ timeoutSeconds = DEFAULT_TIMEOUT_SECONDS, retry = DEFAULT_RETRY }: HandlerOptions) {
  return { expireInSeconds: timeoutSeconds, heartbeatSeconds: HEARTBEAT_SECONDS, ...retryOptions(retry) };
}

/** The queue on pg-boss, which must be started already. */
export class PgBossQueue<Types extends JobTypes> implements Queue<Types> {
  readonly #boss: PgBoss;
  readonly #log: Log;
  readonly #definitions = new Map<string, Definition>();
  readonly #created = new Map<string, Promise<void>>();
  readonly #scheduled = new Set<string>();
  readonly #workers = new Map<string, string>();
  readonly #running = new Map<string, { controller: AbortController; done: Promise<unknown> }>();

  constructor(boss: PgBoss, log: Log) {
    this.#boss = boss;
    this.#log = log;
  }

  define<Name extends keyof Types & string>(
    name: Name,
    handler: (job: Job<Types[Name]>) => Promise<unknown>,
    options: HandlerOptions = {},
  ): void {
    if (this.#definitions.has(name)) throw new Error(`queue ${name} is defined already`);
    const work = { localConcurrency: options.concurrency ?? 1, pollingIntervalSeconds: POLL_SECONDS };
    const begin = () =>
      this.#boss.work<Types[Name]>(name, work, async (jobs) => {
        for (const job of jobs) await this.#run(job, handler);
      });
    this.#definitions.set(name, { options, begin });
  }

  async send<Name extends keyof Types & string>(
    name: Name,
    data: Types[Name],
    { key, startAfter, retry }: SendOptions = {},
  ): Promise<string | null> {
    await this.#create(name);
    const id = await this.#boss.send(name, data, {
      // The queue takes no key twice; a job without a key gets one that nobody else has.
      singletonKey: key ?? newId(),
      ...(startAfter === undefined ? {} : { startAfter }),
      ...(retry === undefined ? {} : retryOptions(retry)),
    });
    this.#wake(name);
    return id;
  }

  async schedule<Name extends keyof Types & string>(
    name: Name,
    cron: string,
    data: Types[Name],
    timeZone = 'UTC',
  ): Promise<void> {
    await this.#create(name);
    await this.#boss.schedule(name, cron, data, { tz: timeZone });
    this.#scheduled.add(name);
  }

  async cancel<Name extends keyof Types & string>(name: Name, id: string): Promise<void> {
    await this.#boss.cancel(name, id);
    this.#running.get(id)?.controller.abort(new Error('the job was cancelled'));
  }

  async depths(): Promise<Record<string, number>> {
    const names = [...this.#created.keys()];
    const counts = names.map(async (name): Promise<[string, number]> => {
      const { readyCount } = await this.#boss
        .getQueueStats(name, { force: true })
        .then(([stats]) => stats ?? { readyCount: 0 });
      return [name, readyCount];
    });
    return Object.fromEntries(await Promise.all(counts));
  }

  async start(): Promise<void> {
    await this.#forgetSchedules();
    for (const [name, definition] of this.#definitions) {
      await this.#create(name);
      await this.#boss.updateQueue(name, queueOptions(definition.options));
      this.#workers.set(name, await definition.begin());
    }
  }

  async stop(drainMs = 15_000): Promise<void> {
    await this.#boss.stop({ graceful: true, close: false, timeout: drainMs });
    const left = [...this.#running.values()];
    for (const { controller } of left) controller.abort(new Error('the process stops'));
    await Promise.race([
      Promise.allSettled(left.map(({ done }) => done)),
      pause(GIVE_UP_MS, undefined, { ref: false }),
    ]);
  }

  async #run<Data>(bossJob: BossJob<Data>, handler: (job: Job<Data>) => Promise<unknown>): Promise<void> {
    const { id, name, data, retryCount } = bossJob;
    const controller = new AbortController();
    const job: Job<Data> = {
      id,
      data,
      attempt: retryCount + 1,
      signal: AbortSignal.any([bossJob.signal, controller.signal]),
      heartbeat: async () => Touched.parse(await this.#boss.touch(name, bossJob)).affected > 0,
    };
    const done = Promise.resolve().then(() => handler(job));
    this.#running.set(id, { controller, done });
    try {
      await done;
    } catch (error) {
      this.#log.warn({ err: error, queue: name, job: id, attempt: job.attempt }, 'a job failed');
      throw error;
    } finally {
      this.#running.delete(id);
    }
  }

  /** Makes the queue where there is none yet; a failure is not remembered. */
  #create(name: string): Promise<void> {
    const known = this.#created.get(name);
    if (known !== undefined) return known;
    const options = queueOptions(this.#definitions.get(name)?.options ?? {});
    const created = this.#boss.createQueue(name, { policy: 'exclusive', ...options });
    this.#created.set(name, created);
    created.catch(() => this.#created.delete(name));
    return created;
  }

  /** A schedule that was taken out of the configuration ends with the next start. */
  async #forgetSchedules(): Promise<void> {
    for (const { name } of await this.#boss.getSchedules()) {
      if (!this.#scheduled.has(name)) await this.#boss.unschedule(name);
    }
  }

  /** Workers of this process need not wait for their next look. */
  #wake(name: string): void {
    const worker = this.#workers.get(name);
    if (worker !== undefined) this.#boss.notifyWorker(worker);
  }
}
