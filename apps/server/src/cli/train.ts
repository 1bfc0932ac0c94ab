import { readFile } from 'node:fs/promises';
import { createJob, type Job, type JobStatus, type Model, type SentBy } from '@attune/contracts';
import type { AttuneClient } from '@attune/sdk';
import { UsageError } from './failure.ts';
import type { Progress } from './progress.ts';

export interface TrainRequest {
  dataset: string;
  name: string;
  recipe: 'plain' | 'attune';
  embedder: 'static' | 'minilm';
  seed: number;
  lengthControlled?: boolean;
  /** JSON file of a job as POST /api/fine-tuning/jobs takes it, in place of recipe, embedder and seed. */
  settings?: string;
}

export interface Trained {
  job: Job;
  model: Model;
}

const ENDED: readonly JobStatus[] = ['completed', 'failed', 'cancelled', 'lost'];

/** Trains a model and waits for it. @throws UsageError, or Error with the job's own words when it fails. */
export async function train(
  client: AttuneClient,
  request: TrainRequest,
  progress: Progress,
): Promise<Trained> {
  const { id } = await client.createJob({ body: await jobOf(request) });
  const job = await ended(client, id, progress);
  if (job.status !== 'completed' || job.resulting_model_id === null) {
    throw new Error(job.error_message ?? `The job ended as ${job.status}.`);
  }
  return { job, model: await client.getModel({ params: { id: job.resulting_model_id } }) };
}

async function jobOf(request: TrainRequest): Promise<SentBy<typeof createJob>['body']> {
  const { dataset, name: model_name, settings } = request;
  if (settings !== undefined) return await jobIn(settings, { dataset, model_name });
  const { recipe, embedder, seed, lengthControlled: length_controlled = false } = request;
  return { dataset, model_name, hyperparameters: { recipe, embedder, seed, length_controlled } };
}

/** A job as a file describes it: recipe, runner, base model and settings are its own. */
async function jobIn(file: string, named: { dataset: string; model_name: string }) {
  const given: unknown = JSON.parse(await readFile(file, 'utf8'));
  const job = createJob.body.safeParse({ ...Object(given), ...named });
  if (job.success) return job.data;
  const [issue] = job.error.issues;
  throw new UsageError(
    `${file} describes no job: ${issue?.path.join('.')} ${issue?.message}.`,
    'It is the body of POST /api/fine-tuning/jobs; /docs describes it.',
  );
}

/** Follows a job to its end. A stream of events that ends before is the server's going: it is followed again. */
async function ended(client: AttuneClient, id: string, progress: Progress): Promise<Job> {
  for (;;) {
    for await (const event of client.watchJob({ params: { id } })) {
      if (event.type === 'progress') progress.update(event.done, event.total, event.stage);
    }
    const job = await client.getJob({ params: { id } });
    if (ENDED.includes(job.status)) return job;
  }
}
