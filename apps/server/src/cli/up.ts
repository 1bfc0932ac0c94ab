import { type Config, readConfig } from '../config.ts';
import type { RunningServer } from '../main.ts';
import { buildWebPage } from './web-page.ts';

export interface UpOptions {
  port?: string | undefined;
  data?: string | undefined;
  host?: string | undefined;
}

/** The settings with what the command line said on top. */
export function configFor(options: UpOptions): Config {
  return readConfig({
    ...process.env,
    ...(options.port === undefined ? {} : { ATTUNE_PORT: options.port }),
    ...(options.data === undefined ? {} : { ATTUNE_DATA: options.data }),
    ...(options.host === undefined ? {} : { ATTUNE_HOST: options.host }),
  });
}

/** Where to go now, for a person at a terminal. */
export function greeting(server: RunningServer): string {
  const lines = [`  Attune is running at ${server.url}`];
  if (server.adminLink !== null) lines.push(`  Sign in as admin (works once): ${server.adminLink}`);
  lines.push('  Stop with Ctrl-C.');
  return `${lines.join('\n')}\n`;
}

/** Starts the server and stays until it is stopped; it drains on SIGINT and SIGTERM. */
export async function up(options: UpOptions): Promise<void> {
  // Loaded on use: the other verbs talk to a server and need none of it.
  const { startServer } = await import('../main.ts');
  const page = buildWebPage();
  const server = await startServer(configFor(options));
  process.stdout.write(`\n${greeting(server)}`);
  server.stopOnSignals();
  await page.catch((error: unknown) => {
    process.stderr.write(
      `attune: the web page could not be built; the API works without it.\n${String(error)}\n`,
    );
  });
}
