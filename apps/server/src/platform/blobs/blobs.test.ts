import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { blobsContract } from './blobs.contract.ts';
import { BlobDamaged } from './blobs.ts';
import { openBlobs } from './local-folder.ts';

async function openFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'attune-blobs-'));
  return {
    folder,
    blobs: await openBlobs(folder),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

blobsContract('a local folder', openFolder);

async function damaged(t: TestContext) {
  const { folder, blobs, remove } = await openFolder();
  t.after(remove);
  const hash = await blobs.put(Buffer.from('whole'));
  const path = join(folder, hash.slice(0, 2), hash.slice(2, 4), hash);
  await writeFile(path, 'torn');
  return { folder, blobs, hash };
}

test('damage on disk is noticed, and mended by putting the bytes again', async (t) => {
  const { blobs, hash } = await damaged(t);
  await assert.rejects(blobs.get(hash), (error) => error instanceof BlobDamaged && error.hash === hash);
  await blobs.put(Buffer.from('whole'));
  assert.equal(Buffer.from((await blobs.get(hash)) ?? []).toString(), 'whole');
});

test('nothing unfinished is left behind', async (t) => {
  const { folder } = await damaged(t);
  assert.deepEqual(await readdir(join(folder, 'unfinished')), []);
});
