import { DocumentInput, type ImportResult, type RowError, rowError } from '@attune/contracts';
import { AttuneApiError, type AttuneClient } from '@attune/sdk';
import { UsageError } from './failure.ts';
import type { Progress } from './progress.ts';
import { readRows } from './read-rows.ts';
import { sparing } from './sparing.ts';

export const importKinds = ['ratings', 'pairs', 'documents', 'conversations'] as const;
export type ImportKind = (typeof importKinds)[number];

export type GoodRow = { line: number; data: Record<string, unknown> };

/** Columns without which no row of a CSV file can be imported. */
const COLUMNS: Record<ImportKind, readonly string[]> = {
  ratings: ['user_prompt', 'ai_response', 'rating'],
  pairs: ['prompt', 'chosen', 'rejected'],
  documents: ['text'],
  conversations: ['messages'],
};
const BATCH: Record<ImportKind, number> = { ratings: 500, pairs: 500, conversations: 200, documents: 50 };
/** Characters of a batch; the server's limit for a body is in bytes and higher. */
const BATCH_CHARACTERS = 2_000_000;
/** Faults shown to a person; --json has them all. */
const SHOWN = 20;

function send(client: AttuneClient, kind: ImportKind, rows: GoodRow[]): Promise<ImportResult> {
  switch (kind) {
    case 'ratings':
      return client.importRatings({ body: { rows } });
    case 'pairs':
      return client.importPairs({ body: { rows } });
    case 'conversations':
      return client.importConversations({ body: { rows } });
    case 'documents':
      return sendDocuments(client, rows);
  }
}

/** Documents have no import of their own: rows are checked here, so that a bad one does not cost its batch. */
async function sendDocuments(client: AttuneClient, rows: GoodRow[]): Promise<ImportResult> {
  const documents: DocumentInput[] = [];
  const errors: ImportResult['errors'] = [];
  for (const { line, data } of rows) {
    const parsed = DocumentInput.safeParse(data);
    if (parsed.success) documents.push(parsed.data);
    else errors.push(rowError(line, data, parsed.error));
  }
  if (documents.length === 0) return { imported: 0, already_there: 0, errors };
  const { added, already_there } = await client.addDocuments({ body: { documents } });
  return { imported: added, already_there, errors };
}

/** A row that no schema was asked about. */
function unreadable(line: number, message: string): RowError {
  return { line, param: '', message, reason: 'unreadable', limit: null };
}

/** Where rows go, and how many at once. */
export interface Receiver {
  readonly atOnce: number;
  /** Columns that a CSV file must have. */
  readonly columns: readonly string[];
  send(rows: GoodRow[]): Promise<ImportResult>;
}

/** Sends a batch; a row that is too large even by itself is a fault of that row. */
async function sendBatch(receiver: Receiver, rows: GoodRow[]): Promise<ImportResult> {
  try {
    return await sparing(() => receiver.send(rows));
  } catch (error) {
    const [only, ...more] = rows;
    const tooLarge = error instanceof AttuneApiError && error.code === 'body_too_large';
    if (!tooLarge || only === undefined || more.length > 0) throw error;
    const { line } = only;
    return { imported: 0, already_there: 0, errors: [unreadable(line, error.message)] };
  }
}

/**
 * Imports a file in batches. Rows that cannot be read or are refused are in `errors` with their line; all others
 * are kept.
 */
export function importFile(
  client: AttuneClient,
  kind: ImportKind,
  file: string,
  progress: Progress,
): Promise<ImportResult> {
  return sendFile(
    { atOnce: BATCH[kind], columns: COLUMNS[kind], send: (rows) => send(client, kind, rows) },
    file,
    progress,
  );
}

/** As `importFile`, to any receiver. */
export async function sendFile(receiver: Receiver, file: string, progress: Progress): Promise<ImportResult> {
  const total: ImportResult = { imported: 0, already_there: 0, errors: [] };
  let batch: GoodRow[] = [];
  let characters = 0;
  let seen = 0;
  const flush = async () => {
    if (batch.length === 0) return;
    const result = await sendBatch(receiver, batch);
    batch = [];
    characters = 0;
    total.imported += result.imported;
    total.already_there += result.already_there;
    total.errors.push(...result.errors);
    progress.update(seen, null, 'rows');
  };
  for await (const row of readRows(file, receiver.columns)) {
    seen += 1;
    if ('message' in row) {
      total.errors.push(unreadable(row.line, row.message));
      continue;
    }
    const size = JSON.stringify(row.data).length;
    if (batch.length >= receiver.atOnce || characters + size > BATCH_CHARACTERS) await flush();
    batch.push(row);
    characters += size;
  }
  await flush();
  if (seen === 0) throw new UsageError(`${file} has no rows.`, 'Check that it is the right file.');
  total.errors.sort((a, b) => a.line - b.line);
  return total;
}

/** The rows that were not imported, as a person reads them. */
export function importText({ errors }: ImportResult): string {
  const lines = errors.slice(0, SHOWN).map(({ line, param, message }) => {
    return `  line ${line}: ${param === '' ? '' : `${param}: `}${message}`;
  });
  if (errors.length > SHOWN) lines.push(`  and ${errors.length - SHOWN} more; --json names them all`);
  return lines.join('\n');
}
