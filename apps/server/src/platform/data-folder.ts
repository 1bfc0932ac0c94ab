import { mkdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/** There is no data folder, and none can be made. */
export class DataFolderMissing extends Error {
  override readonly name = 'DataFolderMissing';
}

/**
 * Makes the data folder with the folders above it, for this user alone.
 * @throws DataFolderMissing that names the folder
 */
export async function makeDataFolder(folder: string): Promise<void> {
  try {
    await make(resolve(folder));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new DataFolderMissing(`The data folder ${folder} cannot be made: ${why}.`, { cause: error });
  }
}

/** Folder by folder: Node's own recursive way never ends where a file system denies what its parent has (/proc). */
async function make(folder: string): Promise<void> {
  if (await isFolder(folder)) return;
  const parent = dirname(folder);
  if (parent !== folder) await make(parent);
  try {
    await mkdir(folder, { mode: 0o700 });
  } catch (error) {
    // Somebody else may have made it meanwhile.
    if (!(await isFolder(folder))) throw error;
  }
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}
