import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/**
 * What tells a process from a later one with the same number: when it began, and since which start of the machine
 * that is counted. Null when there is no such process, or only what is left of one that ended.
 */
export async function processIdentity(pid: number): Promise<string | null> {
  return process.platform === 'linux' ? await fromProc(pid) : await fromPs(pid);
}

/** See proc(5): after the name in parentheses, which may hold anything, the 1st field is the state, the 20th the start. */
async function fromProc(pid: number): Promise<string | null> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  if (stat === null) return null;
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, start] = [fields[0], fields[19]];
  if (state === 'Z' || state === 'X') return null;
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '');
  return `${boot.trim()}:${start}`;
}

async function fromPs(pid: number): Promise<string | null> {
  const ps = promisify(execFile)('ps', ['-o', 'stat=,lstart=', '-p', String(pid)]);
  // It ends with 1 when there is no such process.
  const line = await ps.then(({ stdout }) => stdout.trim()).catch(() => '');
  const [, state = 'Z', start = ''] = /^(\S+)\s+(.*)$/.exec(line) ?? [];
  return state.startsWith('Z') ? null : start;
}
