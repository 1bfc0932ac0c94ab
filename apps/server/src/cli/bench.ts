import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { UsageError } from './failure.ts';

const folder = join(import.meta.dirname, '../../../../bench');

/** What can be measured; each is a file in bench/ that exports a function of its name. */
export const benches = [
  'gateway',
  'scoring',
  'training',
  'feedback',
  'review',
  'chat',
  'interactions',
  'bundles',
  'quality',
  'pii',
  'agreement',
] as const;

type Bench = (options: Record<string, number>) => Promise<unknown>;

/**
 * Runs a benchmark and returns its figures. Loaded on use: the server never needs them.
 * @param scale seconds a measurement (gateway), rows (feedback) or questions (quality); the bench's own default unless given
 */
export async function bench(name: string, scale: { seconds?: number; rows?: number }): Promise<unknown> {
  const known = benches.find((one) => one === name);
  if (known === undefined)
    throw new UsageError(`There is no benchmark ${name}.`, `There are ${benches.join(', ')}.`);
  const module: Record<string, Bench> = await import(pathToFileURL(join(folder, `${known}.ts`)).href);
  const run = module[known];
  if (run === undefined) throw new Error(`bench/${known}.ts exports no ${known}.`);
  return run(scale);
}
