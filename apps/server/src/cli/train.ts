import type { Job, Model } from '@attune/contracts';
import type { AttuneClient } from '@attune/sdk';
import type { Progress } from './progress.ts';

export interface TrainRequest {
  dataset: string;
  name: string;
  recipe: 'plain' | 'attune';
  embedder: 'static' | 'minilm';
  seed: number;
}

export interface Trained {
  job: Job;
  model: Model;
}

/** Trains a reward model and waits for it. @throws Error with the job's own words when it fails. */
export async function train(
  client: AttuneClient,
  request: TrainRequest,
  progress: Progress,
): Promise<Trained> {
  const job = await client.createJob({
    body: {
      dataset: request.dataset,
      model_name: request.name,
      hyperparameters: { recipe: request.recipe, embedder: request.embedder, seed: request.seed },
    },
  });
  for await (const event of client.watchJob({ params: { id: job.id } })) {
    if (event.type === 'progress') progress.update(event.done, event.total, event.stage);
    if (event.type === 'failed') throw new Error(event.message);
    if (event.type === 'status' && event.status === 'cancelled') throw new Error('The job was cancelled.');
    if (event.type === 'done') break;
  }
  const ended = await client.getJob({ params: { id: job.id } });
  if (ended.resulting_model_id === null)
    throw new Error(ended.error_message ?? `The job ended as ${ended.status}.`);
  return { job: ended, model: await client.getModel({ params: { id: ended.resulting_model_id } }) };
}
