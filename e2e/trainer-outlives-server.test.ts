import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { JobEvent } from '@attune/contracts';
import type { AttuneClient } from '@attune/sdk';
import { readConfig } from '../apps/server/src/config.ts';
import { hasTrainer, trainerPython, trainerSources } from '../apps/server/src/trainer-home.ts';
import { prepareCorpus } from './harness/reward-model.ts';
import { startProcess } from './harness/server-process.ts';
import { tempFolder } from './harness/temp-folder.ts';

const python = trainerPython(readConfig(process.env));
const skip = (await hasTrainer(python)) ? false : `${python} has no trainer: ./attune trainer install`;

async function untilCheckpoint(client: AttuneClient, id: string): Promise<void> {
  for await (const event of client.watchJob({ params: { id } })) if (event.type === 'checkpoint') return;
  throw new Error('the job ended before its first checkpoint');
}

test('a run of the trainer goes on when its server is killed, and the next server brings it to its end', {
  skip,
}, async (t) => {
  const folder = await tempFolder();
  const settings = { ATTUNE_LOG_LEVEL: 'silent', ATTUNE_TRAINER_PYTHON: python };
  const first = await startProcess(folder, settings);
  const dataset = await prepareCorpus(first.client, 'some', 30);
  const { id } = await first.client.createJob({
    body: {
      provider: 'custom',
      recipe: 'sft',
      dataset,
      base_model: join(trainerSources, 'tests/fixtures/stories260K-hf'),
      model_name: 'stories',
      hyperparameters: { max_length: 64, epochs: 3, threads: 1, batch_size: 8, checkpoint_every: 5 },
    },
  });
  await untilCheckpoint(first.client, id);
  await first.kill();

  const second = await startProcess(folder, settings);
  t.after(() => second.stop());
  const events: JobEvent[] = await Array.fromAsync(second.client.watchJob({ params: { id } }));
  const statuses = events.flatMap((event) => (event.type === 'status' ? [event.status] : []));
  assert.deepEqual(statuses, ['pending', 'validating', 'training', 'completed']);
  assert.equal(events.filter(({ type }) => type === 'started').length, 1);
  const steps = events.flatMap((event) => (event.type === 'checkpoint' ? [event.step] : []));
  assert.deepEqual(steps, [...new Set(steps)], 'each event is stored once');
  const job = await second.client.getJob({ params: { id } });
  assert.equal(job.resulting_model_id, 'stories@1.0.0');
});
