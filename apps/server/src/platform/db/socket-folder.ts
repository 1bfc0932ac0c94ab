import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** The driver finds a socket in a folder under this name. */
export const SOCKET_NAME = '.s.PGSQL.5432';

// sockaddr_un has 108 bytes on Linux and 104 on macOS, the closing zero included.
const LONGEST_PATH = process.platform === 'linux' ? 107 : 103;

export interface SocketFolder {
  readonly path: string;
  /** Removes the socket, and the folder where it was made for this run. */
  remove(): Promise<void>;
}

function fits(folder: string): boolean {
  return Buffer.byteLength(join(folder, SOCKET_NAME)) <= LONGEST_PATH;
}

/**
 * A folder that only this user can enter (mode 0700), for the database's socket: `run` in the data folder or, where
 * that path is too long for a socket, a new one in the system's folder for temporary files.
 */
export async function openSocketFolder(dataDir: string): Promise<SocketFolder> {
  const inside = join(resolve(dataDir), 'run');
  if (!fits(inside)) {
    const path = await mkdtemp(join(tmpdir(), 'attune-'));
    return { path, remove: () => rm(path, { recursive: true, force: true }) };
  }
  await mkdir(inside, { recursive: true });
  await chmod(inside, 0o700);
  const removeSocket = () => rm(join(inside, SOCKET_NAME), { force: true });
  // One is left behind by a process that was killed; the folder's lock is ours, so it is nobody's.
  await removeSocket();
  return { path: inside, remove: removeSocket };
}
