import { readFileSync } from 'node:fs';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { newId } from '../ids.ts';

/** Another living process has the folder. */
export class FolderInUse extends Error {
  override readonly name = 'FolderInUse';
  readonly pid: number;

  constructor(lockFile: string, pid: number) {
    super(
      `The embedded database is already open in process ${pid} (lock file ${lockFile}). ` +
        'Stop that process, choose another data folder, or use PostgreSQL to run several.',
    );
    this.pid = pid;
  }
}

// Long enough for a process that read the same stale lock to have written its own.
const TAKEOVER_SETTLES_MS = 200;

/**
 * Start time of a process, in clock ticks since boot (proc_pid_stat(5), field 22), by which a recycled pid is told
 * from the one that wrote the lock; empty where the system does not say.
 */
function startTime(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

function isAlive(pid: number, started: string): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it lives, and belongs to someone else.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
  }
  const now = startTime(pid);
  return started === '' || now === '' || now === started;
}

/** The living process that holds the lock, or undefined. */
function holder(lock: string): number | undefined {
  const [pid = '', started = ''] = lock.split(' ');
  const number = Number.parseInt(pid, 10);
  return Number.isInteger(number) && isAlive(number, started) ? number : undefined;
}

/** Puts a complete lock file in place, so that nobody ever reads half of one; false where there is one already. */
async function createLock(lockFile: string, own: string): Promise<boolean> {
  try {
    await link(own, lockFile);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

async function takeOver(lockFile: string, own: string, content: string): Promise<void> {
  await rename(own, lockFile);
  await pause(TAKEOVER_SETTLES_MS);
  const current = await readFile(lockFile, 'utf8');
  if (current !== content) throw new FolderInUse(lockFile, holder(current) ?? process.pid);
}

/**
 * Takes the lock of a folder: a file with the pid that holds it. The lock of a dead process is taken over; where
 * two try that at once, one wins. Processes on different machines or in different pid namespaces do not see each other.
 * @returns the function that gives it back
 * @throws FolderInUse naming the process that holds it
 */
export async function lockFolder(lockFile: string): Promise<() => Promise<void>> {
  const content = `${process.pid} ${startTime(process.pid)} ${newId()}\n`;
  const own = `${lockFile}.${newId()}`;
  await writeFile(own, content, { mode: 0o600 });
  try {
    if (!(await createLock(lockFile, own))) {
      const pid = holder(await readFile(lockFile, 'utf8'));
      if (pid !== undefined) throw new FolderInUse(lockFile, pid);
      await takeOver(lockFile, own, content);
    }
  } finally {
    await rm(own, { force: true });
  }
  return () => rm(lockFile, { force: true });
}
