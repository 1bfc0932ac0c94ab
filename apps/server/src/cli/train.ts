import type { Job, JobStatus, Model } from '@attune/contracts';
import type { AttuneClient } from '@attune/sdk';
import type { Progress } from './progress.ts';

export interface TrainRequest {
  dataset: string;
  name: string;
  recipe: 'plain' | 'attune';
  embedder: 'static' | 'minilm';
  seed: number;
  lengthControlled?: boolean;
}

export interface Trained {
  job: Job;
  model: Model;
}

const ENDED: readonly JobStatus[] = ['completed', 'failed', 'cancelled', 'lost'];

/** Trains a reward model and waits for it. @throws Error with the job's own words when it fails. */
export async function train(
  client: AttuneClient,
  request: TrainRequest,
  progress: Progress,
): Promise<Trained> {
  const { id } = await client.createJob({
    body: {
      dataset: request.dataset,
      model_name: request.name,
      hyperparameters: {
        recipe: request.recipe,
        embedder: request.embedder,
        seed: request.seed,
        length_controlled: request.lengthControlled ?? false,
      },
    },
  });
  const job = await ended(client, id, progress);
  if (job.status !== 'completed' || job.resulting_model_id === null) {
    throw new Error(job.error_message ?? `The job ended as ${job.status}.`);
  }
  return { job, model: await client.getModel({ params: { id: job.resulting_model_id } }) };
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
