import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { ownEnvironment } from './own-environment.ts';

const cli = join(import.meta.dirname, '../../apps/server/src/cli/attune.ts');

/** What a command left behind. */
export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `attune …` in a process of its own, with these settings and no others. */
export async function attune(
  args: readonly string[],
  settings: Record<string, string> = {},
  folder?: string,
): Promise<Outcome> {
  const child = spawn(process.execPath, [cli, ...args], {
    env: { ...ownEnvironment(), ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(folder === undefined ? {} : { cwd: folder }),
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code, stdout, stderr };
}
