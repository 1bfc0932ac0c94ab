import { execFile } from 'node:child_process';
import { glob, mkdir, mkdtemp, rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { webFolder } from '../folders.ts';
import { FRONT, modified, publishPage } from './publish-page.ts';

const root = join(import.meta.dirname, '../../../..');
const sources = [
  'apps/web/{src,public}/**/*',
  'apps/web/{index.html,*.ts}',
  'packages/{contracts,core,react,sdk}/src/**/*.{ts,tsx,css}',
];

/** Where builds are made. */
const parts = join(root, '.attune');
/** A build that was begun so long ago was killed. */
const ABANDONED_MS = 3_600_000;

async function newestSource(): Promise<number> {
  let newest = 0;
  for await (const file of glob(sources, { cwd: root }))
    newest = Math.max(newest, await modified(join(root, file)));
  return newest;
}

/**
 * Builds the web page when it was never built or its sources are newer. Takes seconds, in a process of its own.
 * Servers that start together may build it together: each has a folder to itself until its page is complete.
 */
export async function buildWebPage(): Promise<'built' | 'up to date'> {
  const newest = await newestSource();
  if (newest <= (await modified(join(webFolder, FRONT)))) return 'up to date';
  await mkdir(parts, { recursive: true });
  await removeAbandoned();
  const folder = await mkdtemp(join(parts, 'web-'));
  try {
    const vite = join(root, 'node_modules/vite/bin/vite.js');
    const options = ['--logLevel', 'error', '--outDir', folder, '--emptyOutDir'];
    await promisify(execFile)(process.execPath, [vite, 'build', ...options], { cwd: join(root, 'apps/web') });
    // As new as what it was built from: sources that changed meanwhile are newer.
    await utimes(join(folder, FRONT), new Date(), new Date(Math.ceil(newest)));
    await publishPage(folder, webFolder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return 'built';
}

async function removeAbandoned(): Promise<void> {
  for await (const name of glob('web-*', { cwd: parts })) {
    const folder = join(parts, name);
    if ((await modified(folder)) < Date.now() - ABANDONED_MS)
      await rm(folder, { recursive: true, force: true });
  }
}
