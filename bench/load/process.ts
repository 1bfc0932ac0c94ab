import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

export interface Running {
  readonly url: URL;
  stop(): Promise<void>;
}

/** Starts a Node program and waits for the line of its output that tells its address. */
export async function startProgram(
  args: readonly string[],
  addressOf: (output: string) => string | null,
  environment: Record<string, string> = {},
): Promise<Running> {
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await addressLine(child, addressOf);
  return {
    url: new URL(url),
    stop: async () => {
      if (child.exitCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

function addressLine(child: ChildProcess, addressOf: (output: string) => string | null): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk;
      const address = addressOf(output);
      if (address !== null) resolve(address);
    });
    child.once('exit', () => reject(new Error(`it ended before it was ready: ${output}`)));
  });
}
