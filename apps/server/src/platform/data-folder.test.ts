import assert from 'node:assert/strict';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { DataFolderMissing, makeDataFolder } from './data-folder.ts';

test('the data folder is made with those above it, and may be there', async (t) => {
  const root = await mkdtemp(join(tmpdir(), 'attune-data-'));
  t.after(() => rm(root, { recursive: true }));
  const folder = join(root, 'a', 'b');
  await Promise.all([makeDataFolder(folder), makeDataFolder(folder)]);
  await makeDataFolder(folder);
  assert.ok((await stat(folder)).isDirectory());
});

test('a folder that cannot be made is named', async (t) => {
  const root = await mkdtemp(join(tmpdir(), 'attune-data-'));
  t.after(() => rm(root, { recursive: true }));
  const file = join(root, 'file');
  await writeFile(file, '');
  const impossible = process.platform === 'linux' ? [file, join(file, 'in'), '/proc/attune/data'] : [file];
  for (const folder of impossible) {
    await assert.rejects(makeDataFolder(folder), (error) => {
      assert.ok(error instanceof DataFolderMissing);
      return error.message.startsWith(`The data folder ${folder} cannot be made: `);
    });
  }
});
