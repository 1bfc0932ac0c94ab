import type { importRows as declared, ImportResult, ImportTarget, RequestOf } from '@attune/contracts';
import type { Actor, Curate } from '../curate.ts';
import { importPairRows } from '../pairs/pair-import.ts';
import type { Importers, SentRow } from './importers.ts';
import { mappedRows } from './mapped-rows.ts';

/** Imports rows by a mapping. Rows that can't be mapped or are refused are reported with their line; all others are kept. */
export async function importRows(
  curate: Curate,
  importers: Importers,
  actor: Actor,
  { rows, mapping }: RequestOf<typeof declared>['body'],
): Promise<ImportResult> {
  const mapped = mappedRows(mapping, rows);
  const result = await send(curate, importers, actor, mapping.target, mapped.rows);
  return { ...result, errors: [...mapped.errors, ...result.errors].sort((a, b) => a.line - b.line) };
}

function send(
  curate: Curate,
  importers: Importers,
  actor: Actor,
  target: ImportTarget,
  rows: SentRow[],
): Promise<ImportResult> {
  switch (target) {
    case 'ratings':
      return importers.ratings(actor.organization, rows);
    case 'conversations':
      return importers.conversations(actor.organization, rows);
    case 'pairs':
      return importPairRows(curate, actor, rows);
    case 'corrections':
      return importPairRows(curate, actor, rows, 'correction');
  }
}
