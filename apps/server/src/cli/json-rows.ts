import { readFile, stat } from 'node:fs/promises';
import { UsageError } from './failure.ts';
import type { FileRow } from './file-row.ts';
import { utf8Text } from './utf8-text.ts';

/** Largest file that is read at once: a JSON array can't be read line by line. */
const MOST_BYTES = 400_000_000;

/**
 * The items of a JSON array, or an object alone, as tools export them; an item's line is its number.
 * @throws UsageError when the file is too large, not UTF-8 or no JSON
 */
export async function* jsonArrayRows(file: string): AsyncGenerator<FileRow> {
  if ((await stat(file)).size > MOST_BYTES) {
    throw new UsageError(
      `${file} is too large to be read at once.`,
      'Export it as .jsonl, one object per line.',
    );
  }
  const items: unknown[] = [parsed(utf8Text(await readFile(file), file), file)].flat();
  for (const [index, item] of items.entries()) {
    const line = index + 1;
    if (typeof item !== 'object' || item === null || Array.isArray(item))
      yield { line, message: 'not a JSON object' };
    else yield { line, data: Object.fromEntries(Object.entries(item)) };
  }
}

function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new UsageError(`${file} is not JSON: ${error.message}.`, 'Export it again, or as .jsonl.');
  }
}

/** Whether a file holds one JSON value over several lines rather than one object per line. */
export async function isOneJsonValue(lines: AsyncIterable<string>): Promise<boolean> {
  for await (const line of lines) {
    const text = line.replace(/^\uFEFF/, '').trim();
    if (text === '') continue;
    return text.startsWith('[') || text === '{';
  }
  return false;
}
