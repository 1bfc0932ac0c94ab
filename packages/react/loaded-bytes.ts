import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';

/** Bytes of a built file after gzip, with the files that it imports at once; what loads on demand is left out. */
export async function loadedBytes(folder: string, entry: string, seen = new Set<string>()): Promise<number> {
  if (seen.has(entry)) return 0;
  seen.add(entry);
  const text = await readFile(folder + entry, 'utf8');
  let size = gzipSync(text, { level: 9 }).length;
  for (const [, imported] of text.matchAll(/(?:from|import)\s*"\.\/([^"]+)"/g)) {
    if (imported !== undefined) size += await loadedBytes(folder, imported, seen);
  }
  return size;
}
