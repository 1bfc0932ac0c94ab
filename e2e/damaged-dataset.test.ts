import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { prepareCorpus } from './harness/reward-model.ts';
import { startProcess } from './harness/server-process.ts';
import { tempFolder } from './harness/temp-folder.ts';

test('a data set with a flipped byte is refused by its name, and taken again once its file is restored', async (t) => {
  const folder = await tempFolder();
  const server = await startProcess(folder);
  t.after(() => server.stop());
  const { client } = server;
  const dataset = await prepareCorpus(client, 'corpus', 16);
  const hash = (await client.getDataset({ params: { id: dataset } })).content_hash ?? '';
  const path = join(folder, 'blobs', hash.slice(0, 2), hash.slice(2, 4), hash);
  const whole = await readFile(path);
  await writeFile(path, whole.with(100, (whole[100] ?? 0) ^ 1));

  const refusal = { status: 409, code: 'dataset_damaged', message: new RegExp(`corpus.*${hash}`) };
  const ratings = { params: { id: dataset }, body: { format: 'ratings' } } as const;
  await assert.rejects(client.createJob({ body: { dataset } }), refusal);
  await assert.rejects(client.exportDataset(ratings), refusal);

  await writeFile(path, whole);
  assert.ok((await client.exportDataset(ratings)).rows > 0);
});
