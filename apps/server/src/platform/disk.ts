import { statfs } from 'node:fs/promises';

/** Bytes that this user may still write on the disk under a folder, and those it has in all. */
export async function diskUnder(folder: string): Promise<{ free: number; total: number }> {
  const { bavail, blocks, bsize } = await statfs(folder);
  return { free: bavail * bsize, total: blocks * bsize };
}
