import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Leaves the server's address in its data folder, where the command line on this machine looks for it. */
export async function leaveAddress(dataDir: string, url: string): Promise<void> {
  await writeFile(join(dataDir, 'attune.url'), `${url}\n`);
}
