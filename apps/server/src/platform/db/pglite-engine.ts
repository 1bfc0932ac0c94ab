import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { PGlite } from '@electric-sql/pglite';
import { vector } from '@electric-sql/pglite-pgvector';

const START_PARAMETERS = [
  ...PGlite.defaultStartParams,
  // Written-ahead log kept for reuse; checkpoints are asked for by `maintain`.
  '-c',
  'max_wal_size=256MB',
];

function open(folder: string): Promise<PGlite> {
  return PGlite.create({ dataDir: folder, extensions: { vector }, startParams: START_PARAMETERS });
}

/**
 * Opens the embedded database in a folder, with pgvector. A new one is made beside its final place and moved there
 * when it is complete, so that a process killed on its first start leaves nothing half made.
 */
export async function openPglite(folder: string): Promise<PGlite> {
  if (!existsSync(folder)) {
    const unfinished = `${folder}.new`;
    await rm(unfinished, { recursive: true, force: true });
    const fresh = await open(unfinished);
    await fresh.close();
    await rename(unfinished, folder);
  }
  return open(folder);
}
