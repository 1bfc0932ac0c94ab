import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { layDatabase } from '../../apps/server/src/platform/db/test-database.ts';

/** A folder that is gone when the test process ends: after every server in it has stopped. */
export async function tempFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'attune-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** As `tempFolder`, for a server in the test's own process: with an embedded database that has its tables. */
export async function dataFolder(): Promise<string> {
  const folder = await tempFolder();
  await layDatabase(folder, 'migrated');
  return folder;
}
