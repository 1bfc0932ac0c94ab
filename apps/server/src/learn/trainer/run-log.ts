import { open } from 'node:fs/promises';
import { join } from 'node:path';

/** What a run's process prints goes here, in the run's folder. */
export const LOG_FILE = 'trainer.log';
const MOST_SHOWN = 200_000;

export interface RunLog {
  text: string;
  /** Length of the whole. */
  bytes: number;
  complete: boolean;
}

/** The end of what the process of a run printed; empty where no process of it ran on this machine. */
export async function readRunLog(runsFolder: string, jobId: string): Promise<RunLog> {
  const file = await open(join(runsFolder, jobId, LOG_FILE)).catch(absent);
  if (file === undefined) return { text: '', bytes: 0, complete: true };
  try {
    const { size } = await file.stat();
    const length = Math.min(size, MOST_SHOWN);
    const { buffer } = await file.read({ buffer: Buffer.alloc(length), position: size - length });
    return { text: buffer.toString('utf8'), bytes: size, complete: length === size };
  } finally {
    await file.close();
  }
}

/** Begins the part of an attempt in the log. */
export function attemptLine(run: string, at: Date): string {
  return `── ${at.toISOString()} attempt ${run}\n`;
}

/** What one attempt printed at last. */
export async function printedBy(runsFolder: string, jobId: string, run: string): Promise<string> {
  const { text } = await readRunLog(runsFolder, jobId);
  const begin = text.lastIndexOf(` attempt ${run}\n`);
  return begin === -1 ? text : text.slice(text.indexOf('\n', begin) + 1);
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
