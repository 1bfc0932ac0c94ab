import { readFile } from 'node:fs/promises';

/**
 * How many processes the kernel has killed for lack of memory: in this server's control group, which its runs are in
 * too, or else on the whole machine. Null where the kernel does not say. The number only rises.
 */
export async function memoryKills(): Promise<number | null> {
  const group = /^0::(\/.*)$/m.exec((await textOf('/proc/self/cgroup')) ?? '')?.[1] ?? '';
  const counted = (await textOf(`/sys/fs/cgroup${group}/memory.events`)) ?? (await textOf('/proc/vmstat'));
  const kills = /^oom_kill (\d+)$/m.exec(counted ?? '')?.[1];
  return kills === undefined ? null : Number(kills);
}

function textOf(path: string): Promise<string | null> {
  // Other systems have no such files.
  return readFile(path, 'utf8').catch(() => null);
}
