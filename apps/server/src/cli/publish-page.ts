import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';

/** The file that every address of the page gets; it names the others. */
export const FRONT = 'index.html';
/** How long the assets of earlier builds stay. */
const KEPT_MS = 86_400_000;

/** When a file was last changed, in milliseconds since 1970; 0 where there is none. */
export async function modified(file: string): Promise<number> {
  try {
    return (await stat(file)).mtimeMs;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 0;
    throw error;
  }
}

/**
 * Moves a complete build into the place that is served, file by file: the front page last, when all that it names
 * is there. Several may do so at once, and the page can be read all the while.
 */
export async function publishPage(build: string, place: string): Promise<void> {
  const files = await filesIn(build);
  const isFront = (file: string) => file.startsWith(FRONT);
  for (const file of [...files.filter((each) => !isFront(each)), ...files.filter(isFront)]) {
    await mkdir(dirname(join(place, file)), { recursive: true });
    await rename(join(build, file), join(place, file));
  }
  const old = (await filesIn(place)).filter((file) => !files.includes(file));
  for (const file of old) if (await isOver(place, file)) await rm(join(place, file), { force: true });
}

/** Names under assets/ hold a hash of the content; an open page of the last build may still ask for them. */
async function isOver(place: string, file: string): Promise<boolean> {
  return !file.startsWith('assets/') || (await modified(join(place, file))) < Date.now() - KEPT_MS;
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)));
}
