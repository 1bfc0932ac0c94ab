import { z } from 'zod';
import { type Repetition, repeat } from '../../platform/repeat.ts';
import type { JobKey } from '../job-key.ts';
import { findJob } from '../job-store.ts';
import type { Learn } from '../learn.ts';
import { importPreferences } from './import-preferences.ts';
import { judgeSamples } from './judge-samples.ts';
import { jobsWithOutputs, rememberTaken } from './output-store.ts';

/** Name of the queue that takes from jobs what people are to see. */
const TAKE = 'learn.take-outputs';
const Data = z.object({ organization: z.string(), job: z.string() });
/** How often a server looks for samples and preferences. */
const LOOK_MS = 5000;

/** Takes samples into judging and AI preferences into review, from jobs that ask for it; one server at a time each. */
export class Outputs {
  readonly #learn: Learn;
  #looks: Repetition | undefined;

  /** Says to the queue what to do; to be made before the queue starts. */
  constructor(learn: Learn) {
    this.#learn = learn;
    learn.platform.queue.define(TAKE, ({ data }) => {
      const { organization, job: id } = Data.parse(data);
      return takeOutputs(learn, { organization, id });
    });
  }

  start(): void {
    const { log } = this.#learn.platform;
    this.#looks = repeat(LOOK_MS, () => this.#look(), log, 'looking for outputs of jobs');
  }

  async stop(): Promise<void> {
    await this.#looks?.stop();
  }

  async #look(): Promise<void> {
    const { database, queue } = this.#learn.platform;
    for (const { organization, id } of await jobsWithOutputs(database.sql)) {
      await queue.send(TAKE, { organization, job: id }, { key: id });
    }
  }
}

async function takeOutputs(learn: Learn, key: JobKey): Promise<void> {
  const { sql } = learn.platform.database;
  // Read first: what comes while samples are taken is for the next look.
  const job = await findJob(sql, key);
  if (job === undefined || job.outputs_taken) return;
  const before = job.samples_taken_to;
  await judgeSamples(learn, job);
  if (job.status !== 'completed') return;
  if (((await findJob(sql, key))?.samples_taken_to ?? before) > before) return;
  if (job.import_preferences) await importPreferences(learn, job);
  await rememberTaken(sql, job, { outputs_taken: true });
}
