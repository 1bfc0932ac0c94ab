import { cp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AttuneClient } from '@attune/sdk';
import { readConfig } from '../../apps/server/src/config.ts';
import { hasTrainer, trainerPython } from '../../apps/server/src/trainer-home.ts';

/** Python that has the trainer; pictures of training are real runs. */
export const python = trainerPython(readConfig(process.env));

const fixture = join(import.meta.dirname, '../../trainer/tests/fixtures/stories260K-hf');
/** Its path is on the pictures: it says nothing of where the repository lies. */
const storyModel = join(tmpdir(), 'stories260K');

/** Two supervised runs of a very small language model, one after the other. */
export interface Training {
  readonly ended: string;
  readonly running: string;
}

/** Trains on a data set until the first run has ended and the second draws curves; null where there is no trainer. */
export async function train(client: AttuneClient, dataset: string): Promise<Training | null> {
  if (!(await hasTrainer(python))) return null;
  await cp(fixture, storyModel, { recursive: true });
  const ended = await start(client, dataset, { learning_rate: 3e-4, epochs: 0.5 });
  while ((await client.getJob({ params: { id: ended } })).status !== 'completed') {
    const { status, error_message } = await client.getJob({ params: { id: ended } });
    if (status === 'failed' || status === 'lost') throw new Error(`${status}: ${error_message}`);
    await sleep(500);
  }
  const running = await start(client, dataset, { learning_rate: 1e-3, epochs: 40 });
  await untilStep(client, running, 60);
  return { ended, running };
}

/** Waits until there is a curve to look at. */
async function untilStep(client: AttuneClient, id: string, wanted: number): Promise<void> {
  for await (const event of client.watchJob({ params: { id } })) {
    if (event.type === 'metrics' && event.step >= wanted) return;
  }
  throw new Error('The run ended before there was a curve.');
}

async function start(
  client: AttuneClient,
  dataset: string,
  { learning_rate, epochs }: { learning_rate: number; epochs: number },
): Promise<string> {
  const { id } = await client.createJob({
    body: {
      provider: 'custom',
      recipe: 'sft',
      base_model: storyModel,
      model_name: 'stories',
      dataset,
      hyperparameters: {
        learning_rate,
        epochs,
        max_length: 64,
        batch_size: 8,
        threads: 1,
        checkpoint_every: 100,
        patience: 0,
      },
    },
  });
  return id;
}
