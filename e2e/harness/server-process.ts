import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type AttuneClient, createClient } from '@attune/sdk';
import { layDatabase } from '../../apps/server/src/platform/db/test-database.ts';
import { ownEnvironment } from './own-environment.ts';

const cli = join(import.meta.dirname, '../../apps/server/src/cli/attune.ts');

/** A server in a process of its own, as a user runs it. */
export interface ServerProcess {
  readonly url: string;
  readonly key: string;
  readonly client: AttuneClient;
  /** `kill -9`. */
  kill(): Promise<void>;
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>;
}

/** As `startFromNothing`; where the folder has no embedded database yet it gets one with all tables, as making one takes seconds. */
export async function startProcess(
  dataDir: string,
  settings: Record<string, string> = {},
): Promise<ServerProcess> {
  const embedded = settings.DATABASE_URL === undefined;
  if (embedded && !existsSync(join(dataDir, 'database'))) await layDatabase(dataDir, 'migrated');
  return await startFromNothing(dataDir, settings);
}

/** Starts `attune up` on a free port and waits until it is ready. */
export async function startFromNothing(
  dataDir: string,
  settings: Record<string, string> = {},
): Promise<ServerProcess> {
  const child = spawn(process.execPath, [cli, 'up', '--port', '0', '--data', dataDir], {
    env: { ...ownEnvironment(), ATTUNE_LOG_LEVEL: 'warn', ...settings },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await urlOf(child);
  const key = (await readFile(join(dataDir, 'attune.key'), 'utf8')).trim();
  await untilReady(url);
  return {
    url,
    key,
    client: createClient({ url, apiKey: key }),
    kill: async () => {
      child.kill('SIGKILL');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    },
    stop: async () => {
      if (child.exitCode !== null) return child.exitCode;
      child.kill('SIGTERM');
      await once(child, 'exit');
      return child.exitCode;
    },
  };
}

function urlOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk;
      const url = /running at (http:\S+)/.exec(output)?.[1];
      if (url !== undefined) resolve(url);
    });
    child.once('exit', () => reject(new Error(`The server ended before it was ready: ${output}`)));
  });
}

async function untilReady(url: string): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if ((await fetch(`${url}/readyz`)).ok) return;
    await sleep(50);
  }
  throw new Error('The server did not become ready.');
}
