import { execFile } from 'node:child_process';
import { glob, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { webFolder } from '../folders.ts';

const root = join(import.meta.dirname, '../../../..');
const sources = [
  'apps/web/{src,public}/**/*',
  'apps/web/{index.html,vite.config.ts}',
  'packages/{contracts,sdk}/src/**/*.ts',
];

async function modified(file: string): Promise<number> {
  try {
    return (await stat(file)).mtimeMs;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 0;
    throw error;
  }
}

async function newestSource(): Promise<number> {
  let newest = 0;
  for await (const file of glob(sources, { cwd: root }))
    newest = Math.max(newest, await modified(join(root, file)));
  return newest;
}

/** Builds the web page when it was never built or its sources are newer. Takes seconds, in a process of its own. */
export async function buildWebPage(): Promise<'built' | 'up to date'> {
  if ((await newestSource()) <= (await modified(join(webFolder, 'index.html')))) return 'up to date';
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  await promisify(execFile)(process.execPath, [vite, 'build', '--logLevel', 'error'], {
    cwd: join(root, 'apps/web'),
  });
  return 'built';
}
