import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile, rename, writeFile } from 'node:fs/promises';
import { constants, getPriority, hostname, setPriority } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { TrainerNeeds } from '../needs.ts';
import { memoryKills } from './memory-kills.ts';
import { processIdentity } from './process-identity.ts';
import { runEnvironment } from './run-environment.ts';
import { attemptLine, LOG_FILE } from './run-log.ts';

const PROCESS_FILE = 'process.json';
const LOOK_MS = 50;
/** What a trainer that was told to stop has for its last checkpoint. */
const GRACE_MS = 5000;
/** So much nicer than the server is its trainer. */
const YIELD = 10;

const Written = z.object({
  pid: z.number().int().min(2),
  identity: z.string(),
  host: z.string(),
  run: z.string(),
  /** Processes that the kernel had killed for lack of memory when this one began. */
  memory_kills: z.number().nullable().default(null),
});

/**
 * The process of a run. It leads a group of its own and outlives the server that started it; a file in the run's folder
 * says which it is, so that the next server finds it again.
 */
export class RunProcess {
  readonly pid: number;
  /** The attempt that it was started for. */
  readonly run: string;
  readonly #identity: string;
  readonly #memoryKills: number | null;
  /** Only then is the group surely its own: numbers are used again. */
  #wasSeen = false;

  constructor({ pid, identity, run, memory_kills }: z.infer<typeof Written>) {
    this.pid = pid;
    this.run = run;
    this.#identity = identity;
    this.#memoryKills = memory_kills;
  }

  async isAlive(): Promise<boolean> {
    const isAlive = (await processIdentity(this.pid)) === this.#identity;
    this.#wasSeen ||= isAlive;
    return isAlive;
  }

  /** Whether the kernel has killed something for lack of memory since the process began: most likely, the process. */
  async lackedMemory(): Promise<boolean> {
    const kills = await memoryKills();
    return this.#memoryKills !== null && kills !== null && kills > this.#memoryKills;
  }

  /** Asks the group to end, and ends it where it does not within five seconds. */
  async stop(): Promise<void> {
    this.#signal('SIGTERM');
    for (let waited = 0; waited < GRACE_MS && (await this.isAlive()); waited += LOOK_MS) await pause(LOOK_MS);
    await this.kill();
  }

  /** Ends the group at once; resolves when its leader is gone. */
  async kill(): Promise<void> {
    // Workers of the leader may outlive it.
    this.#signal('SIGKILL');
    while (await this.isAlive()) await pause(LOOK_MS);
  }

  #signal(signal: NodeJS.Signals): void {
    if (!this.#wasSeen) return;
    try {
      process.kill(-this.pid, signal);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
    }
  }
}

/**
 * Starts the trainer on a run's folder, below the priority of everything else. What it prints goes to a file.
 * @throws Error when the program cannot be started
 */
export async function startProcess(trainer: TrainerNeeds, folder: string, run: string): Promise<RunProcess> {
  const log = await open(join(folder, LOG_FILE), 'a', 0o600);
  try {
    await log.write(attemptLine(run, new Date()));
    const kills = await memoryKills();
    const child = spawn(trainer.python, ['-m', 'attune_trainer', 'run', folder], {
      cwd: folder,
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
      env: runEnvironment(process.env, trainer.sources),
    });
    await once(child, 'spawn');
    child.unref();
    const pid = child.pid ?? 0;
    // A process that ended at once has no identity any more; any text will do that no process has.
    const identity = (await processIdentity(pid)) ?? 'ended';
    const written = { pid, identity, host: hostname(), run, memory_kills: kills };
    yieldToOthers(pid);
    const unfinished = join(folder, `${PROCESS_FILE}.new`);
    await writeFile(unfinished, JSON.stringify(written));
    await rename(unfinished, join(folder, PROCESS_FILE));
    const started = new RunProcess(written);
    await started.isAlive();
    return started;
  } finally {
    await log.close();
  }
}

/** The process that was started in a folder, alive or not; `elsewhere` when on another machine, null when none was. */
export async function findProcess(folder: string): Promise<RunProcess | 'elsewhere' | null> {
  const text = await readFile(join(folder, PROCESS_FILE), 'utf8').catch(() => null);
  if (text === null) return null;
  const written = Written.parse(JSON.parse(text));
  return written.host === hostname() ? new RunProcess(written) : 'elsewhere';
}

function yieldToOthers(pid: number): void {
  try {
    setPriority(pid, Math.min(getPriority() + YIELD, constants.priority.PRIORITY_LOW));
  } catch (error) {
    // It has ended already.
    if (!(error instanceof Error && 'code' in error && error.code === 'ERR_SYSTEM_ERROR')) throw error;
  }
}
