import type { ImportMapping, ImportResult } from '@attune/contracts';
import { flatRows, mapRow, Unmappable } from '@attune/core';
import type { SentRow } from './importers.ts';

/** Rows as the importer of their target takes them. */
export interface MappedRows {
  readonly rows: SentRow[];
  /** Source rows that nobody said anything in. */
  readonly silent: number;
  readonly errors: ImportResult['errors'];
}

/** Lays rows of a tool out flat and maps them; a row of several people's says becomes several, all of its line. */
export function mappedRows({ format, target, fields }: ImportMapping, sent: readonly SentRow[]): MappedRows {
  const rows: SentRow[] = [];
  const errors: ImportResult['errors'] = [];
  let silent = 0;
  for (const { line, data } of sent) {
    const flat = flatRows(format, data);
    if (flat.length === 0) silent++;
    for (const one of flat) {
      try {
        rows.push({ line, data: mapRow(target, fields, one) });
      } catch (error) {
        if (!(error instanceof Unmappable)) throw error;
        errors.push({ line, param: error.path, message: error.message, reason: 'no_label', limit: null });
      }
    }
  }
  return { rows, silent, errors };
}
