import type { ImportResult } from '@attune/contracts';
import type { AttuneClient } from '@attune/sdk';
import { UsageError } from './failure.ts';
import type { Progress } from './progress.ts';
import { type FileRow, readRows } from './read-rows.ts';

export const importKinds = ['ratings', 'pairs', 'documents', 'conversations'] as const;
export type ImportKind = (typeof importKinds)[number];

type GoodRow = { line: number; data: Record<string, unknown> };

const BATCH: Record<ImportKind, number> = { ratings: 500, pairs: 500, conversations: 200, documents: 50 };

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

async function sendDocuments(client: AttuneClient, rows: GoodRow[]): Promise<ImportResult> {
  const errors = rows
    .filter(({ data }) => typeof data.text !== 'string' || data.text === '')
    .map(({ line }) => ({ line, param: 'text', message: 'a document needs a text' }));
  const bad = new Set(errors.map(({ line }) => line));
  const documents = rows
    .filter(({ line }) => !bad.has(line))
    .map(({ data }) => ({
      text: String(data.text),
      ...(typeof data.title === 'string' ? { title: data.title.slice(0, 500) } : {}),
      ...(typeof data.url === 'string' ? { url: data.url } : {}),
    }));
  if (documents.length === 0) return { imported: 0, already_there: 0, errors };
  const { added, already_there } = await client.addDocuments({ body: { documents } });
  return { imported: added, already_there, errors };
}

/**
 * Imports a file in batches. Rows that cannot be read or are refused are in `errors` with their line; all others
 * are kept.
 */
export async function importFile(
  client: AttuneClient,
  kind: ImportKind,
  file: string,
  progress: Progress,
): Promise<ImportResult> {
  const total: ImportResult = { imported: 0, already_there: 0, errors: [] };
  let batch: GoodRow[] = [];
  let seen = 0;
  const flush = async () => {
    if (batch.length === 0) return;
    const result = await send(client, kind, batch);
    batch = [];
    total.imported += result.imported;
    total.already_there += result.already_there;
    total.errors.push(...result.errors);
    progress.update(seen, null, 'rows');
  };
  for await (const row of openRows(file)) {
    seen += 1;
    if ('message' in row) total.errors.push({ line: row.line, param: '', message: row.message });
    else batch.push(row);
    if (batch.length >= BATCH[kind]) await flush();
  }
  await flush();
  total.errors.sort((a, b) => a.line - b.line);
  return total;
}

async function* openRows(file: string): AsyncGenerator<FileRow> {
  try {
    yield* readRows(file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      throw new UsageError(`There is no file ${file}.`, 'Check the path.');
    }
    throw error;
  }
}
