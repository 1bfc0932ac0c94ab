import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JobEvent } from '@attune/contracts';
import type { AttuneClient } from '@attune/sdk';
import pg from 'pg';
import { databases } from './harness/databases.ts';
import { prepareCorpus } from './harness/reward-model.ts';
import { startProcess } from './harness/server-process.ts';
import { tempFolder } from './harness/temp-folder.ts';

/** Follows a job until it has read some of its texts; the run goes on. */
async function untilReading(client: AttuneClient, id: string): Promise<void> {
  for await (const event of client.watchJob({ params: { id } })) {
    if (event.type === 'progress' && event.stage === 'training' && event.done > 0) return;
  }
  throw new Error('the job ended before it could be lost');
}

/** On a server of its own nobody can tell a dead process from a slow one but by its silence: here it has lasted. */
async function outlastSilence(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`UPDATE fine_tuning_jobs SET heartbeat_at = heartbeat_at - interval '31 seconds'`);
  await client.end();
}

for (const database of databases) {
  test(`a job whose server is killed is taken up by the next one by itself, on ${database.name}`, async (t) => {
    const prepared = await database.prepare();
    if ('missing' in prepared) return t.skip(prepared.missing);
    const folder = await tempFolder();
    const settings = { ...prepared.settings, ATTUNE_LOG_LEVEL: 'silent' };
    const first = await startProcess(folder, settings);
    const dataset = await prepareCorpus(first.client, 'some', 60);
    const { id } = await first.client.createJob({
      body: { dataset, hyperparameters: { embedder: 'minilm' } },
    });
    await untilReading(first.client, id);
    await first.kill();
    if (prepared.settings.DATABASE_URL !== undefined) await outlastSilence(prepared.settings.DATABASE_URL);

    const second = await startProcess(folder, settings);
    t.after(() => second.stop());
    const events: JobEvent[] = await Array.fromAsync(second.client.watchJob({ params: { id } }));
    const statuses = events.flatMap((event) => (event.type === 'status' ? [event.status] : []));
    assert.deepEqual(statuses, [
      'pending',
      'validating',
      'training',
      'lost',
      'pending',
      'validating',
      'training',
      'completed',
    ]);
    assert.ok(events.some((event) => event.type === 'log' && event.message.includes('attempt 2 of 3')));
    const models = await second.client.listModels({});
    assert.equal(models.items.length, 1);
  });
}
