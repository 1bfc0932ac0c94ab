import { cpus, loadavg, totalmem } from 'node:os';
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
  'dashboards',
  'chat',
  'interactions',
  'bundles',
  'quality',
  'pii',
  'agreement',
] as const;

type Bench = (options: Record<string, number>) => Promise<object>;

/** When a bench ran, and how busy the machine was with it and with everything else. */
export interface Taken {
  /** Its end, ISO 8601. */
  at: string;
  seconds: number;
  /** Cores, memory and Node. */
  machine: string;
  /** Processes that ran or waited in the minute before it began, and in its last minute. */
  load_before: number;
  load_after: number;
}

/**
 * Runs a benchmark and returns its figures, and as `taken` under which load they were taken. Loaded on use: the server
 * never needs them.
 * @param scale seconds a measurement (gateway), rows (feedback, review), answers (dashboards), items in the queue (interactions)
 *   or questions (quality); the bench's own default unless given
 */
export async function bench(name: string, scale: { seconds?: number; rows?: number }): Promise<object> {
  const known = benches.find((one) => one === name);
  if (known === undefined)
    throw new UsageError(`There is no benchmark ${name}.`, `There are ${benches.join(', ')}.`);
  const module: Record<string, Bench> = await import(pathToFileURL(join(folder, `${known}.ts`)).href);
  const run = module[known];
  if (run === undefined) throw new Error(`bench/${known}.ts exports no ${known}.`);
  const began = performance.now();
  const load_before = minuteLoad();
  const figures = await run(scale);
  const taken: Taken = {
    at: new Date().toISOString(),
    seconds: Math.round((performance.now() - began) / 1000),
    machine: machineText(),
    load_before,
    load_after: minuteLoad(),
  };
  return { taken, ...figures };
}

function minuteLoad(): number {
  return loadavg()[0] ?? 0;
}

function machineText(): string {
  const [core] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${cpus().length} cores (${core?.model.trim()}), ${memory} GiB, Node ${process.versions.node}`;
}
