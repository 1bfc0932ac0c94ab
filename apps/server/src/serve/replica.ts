import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';

/** A name for this process that says where it runs: `host/pid/random`. */
export function replicaName(): string {
  return `${hostname()}/${process.pid}/${randomUUID().slice(0, 8)}`;
}

/**
 * Whether a replica is known to be gone because its process is: only one can tell that runs on the same host.
 * A process with our own number and another name is one that ran before us.
 */
export function hasExited(replica: string, self: string): boolean {
  const [host, pid] = replica.split('/');
  if (replica === self || host !== hostname() || pid === undefined) return false;
  const number = Number(pid);
  return number === process.pid || !isRunning(number);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Not permitted means that it is there.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
