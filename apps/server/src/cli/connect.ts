import { readFile } from 'node:fs/promises';
import { hostname, networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { type AttuneClient, createClient } from '@attune/sdk';
import { type Config, dataFolder } from '../config.ts';

/** Files that a running server keeps in its data folder, for the command line on the same machine. */
const KEY_FILE = 'attune.key';
const URL_FILE = 'attune.url';

/**
 * A client for the server that the settings name: ATTUNE_URL and ATTUNE_API_KEY first, else the address and key
 * that a server on this machine left in its data folder. That key is sent to no other machine.
 */
export async function connect(config: Config): Promise<AttuneClient> {
  const folder = dataFolder(config);
  const left = await textOf(join(folder, URL_FILE));
  const url = config.ATTUNE_URL ?? left ?? `http://127.0.0.1:${config.ATTUNE_PORT}`;
  const apiKey = config.ATTUNE_API_KEY ?? (isHere(url) ? await textOf(join(folder, KEY_FILE)) : undefined);
  return createClient(apiKey === undefined ? { url } : { url, apiKey });
}

/** Whether an address is one of this machine's own. */
function isHere(url: string): boolean {
  const host = new URL(url).hostname.replace(/^\[(.*)\]$/, '$1');
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list?.map(({ address }) => address));
  return ['localhost', '0.0.0.0', hostname(), ...addresses].includes(host);
}

async function textOf(file: string): Promise<string | undefined> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
