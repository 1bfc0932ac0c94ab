import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type AttuneClient, createClient } from '@attune/sdk';
import { type Config, dataFolder } from '../config.ts';

/** Files that a running server keeps in its data folder, for the command line on the same machine. */
export const KEY_FILE = 'attune.key';
export const URL_FILE = 'attune.url';

/**
 * A client for the server that the settings name: ATTUNE_URL and ATTUNE_API_KEY first, else the address and key
 * that a server on this machine left in its data folder.
 */
export async function connect(config: Config): Promise<AttuneClient> {
  const folder = dataFolder(config);
  const url =
    config.ATTUNE_URL ?? (await textOf(join(folder, URL_FILE))) ?? `http://127.0.0.1:${config.ATTUNE_PORT}`;
  const apiKey = config.ATTUNE_API_KEY ?? (await textOf(join(folder, KEY_FILE)));
  return createClient(apiKey === undefined ? { url } : { url, apiKey });
}

async function textOf(file: string): Promise<string | undefined> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
