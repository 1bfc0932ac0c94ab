import { readFile } from 'node:fs/promises';
import { ImportMapping, type ImportResult, type importDryRun, type ResponseOf } from '@attune/contracts';
import type { CsvDelimiter } from '@attune/core/csv-delimiter';
import type { AttuneClient } from '@attune/sdk';
import { UsageError } from './failure.ts';
import { type GoodRow, sendFile } from './import.ts';
import type { Progress } from './progress.ts';
import { readLines } from './read-lines.ts';
import { readRows, tableDelimiter } from './read-rows.ts';
import { utf8Text } from './utf8-text.ts';

/** What the server says of the first rows, and how the command line read the file. */
export interface DryRun extends ResponseOf<typeof importDryRun> {
  /** What parts the cells of a table; null for JSON. */
  readonly delimiter: CsvDelimiter | null;
}

/** Rows that a format is told by. */
const LOOKED_AT = 200;
const AT_ONCE = 200;

/**
 * Recognises a file of another tool by its first rows, and says how it would be imported.
 * @param mappingFile JSON of a mapping, as a dry run prints it; proposed unless given
 * @throws UsageError when the file has no rows, letters that are not UTF-8 anywhere in it, or the mapping is none
 */
export async function lookAt(
  client: AttuneClient,
  file: string,
  mappingFile: string | undefined,
): Promise<DryRun> {
  const rows: GoodRow[] = [];
  for await (const row of readRows(file)) {
    if ('data' in row) rows.push(row);
    if (rows.length === LOOKED_AT) break;
  }
  await readToTheEnd(file);
  if (rows.length === 0)
    throw new UsageError(`${file} has no rows.`, 'It needs JSON objects or CSV records.');
  const mapping = mappingFile === undefined ? undefined : await mappingIn(mappingFile);
  const seen = await client.importDryRun({ body: mapping === undefined ? { rows } : { rows, mapping } });
  return { ...seen, delimiter: await tableDelimiter(file) };
}

/** Finds letters of another encoding before the first row is stored, however far down they stand. */
async function readToTheEnd(file: string): Promise<void> {
  for await (const _ of readLines(file));
}

/** Imports a whole file by a mapping. */
export function importByMapping(
  client: AttuneClient,
  mapping: ImportMapping,
  file: string,
  progress: Progress,
): Promise<ImportResult> {
  return sendFile(
    { atOnce: AT_ONCE, columns: [], send: (rows) => client.importRows({ body: { rows, mapping } }) },
    file,
    progress,
  );
}

async function mappingIn(file: string): Promise<ImportMapping> {
  const bytes = await readFile(file).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      throw new UsageError(`There is no file ${file}.`, 'Check the path.');
    }
    throw error;
  });
  const hint = '`attune import auto FILE --dry-run --json` prints one under `mapping`.';
  try {
    const mapping = ImportMapping.safeParse(JSON.parse(utf8Text(bytes, file)));
    if (mapping.success) return mapping.data;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new UsageError(`${file} holds no mapping.`, hint);
}

const delimiterNames: Record<CsvDelimiter, string> = { ',': 'commas', ';': 'semicolons', '\t': 'tabs' };

/** What would be imported, as a person reads it. */
export function dryRunText({ mapping, good, silent, errors, first, needs, delimiter }: DryRun): string {
  const fields = Object.entries(mapping.fields).map(([field, { path, scale, labels }]) => {
    const moved = scale === undefined ? '' : ` (from ${scale.lowest}–${scale.highest})`;
    const named =
      labels === undefined
        ? ''
        : ` (${Object.entries(labels)
            .map(([label, stars]) => `${label} = ${stars}`)
            .join(', ')})`;
    return `  ${field.padEnd(10)} from ${path}${moved}${named}`;
  });
  const missing = needs.filter((field) => mapping.fields[field] === undefined);
  return [
    `  ${mapping.format} rows as ${mapping.target}: ${good} good, ${errors.length} not, ${silent} without anybody's say`,
    ...(delimiter === null ? [] : [`  columns are separated by ${delimiterNames[delimiter]}`]),
    ...fields,
    ...(missing.length === 0 ? [] : [`  not found: ${missing.join(', ')}; give a mapping with --mapping`]),
    ...first.slice(0, 3).map(({ line, data }) => `  line ${line}: ${JSON.stringify(data).slice(0, 160)}`),
    ...errors
      .slice(0, 5)
      .map(({ line, param, message }) => `  line ${line}: ${param === '' ? '' : `${param}: `}${message}`),
  ].join('\n');
}
