import {
  ConversationRow,
  type importDryRun as declared,
  type ImportMapping,
  type ImportResult,
  type ImportTarget,
  PairRow,
  RatingRow,
  type RequestOf,
  type ResponseOf,
  rowError,
} from '@attune/contracts';
import {
  countedPaths,
  detectFormat,
  flatRows,
  likelyTargets,
  neededFields,
  proposeFields,
  type SourceRow,
  valueAt,
} from '@attune/core';
import type { z } from 'zod';
import type { SentRow } from './importers.ts';
import { mappedRows } from './mapped-rows.ts';

type DryRun = ResponseOf<typeof declared>;
type Body = RequestOf<typeof declared>['body'];

const SHOWN = 10;
const PATHS_SHOWN = 200;
const EXAMPLE_CHARACTERS = 120;

/** Recognises rows, proposes a mapping unless one is given, and says what an import by it would take. */
export function dryRun({ rows, format, target, mapping: given }: Body): DryRun {
  const known = given?.format ?? format ?? detectFormat(rows.map(({ data }) => data));
  const flat = rows.flatMap(({ data }) => flatRows(known, data));
  const targets = likelyTargets(flat);
  const wanted = given?.target ?? target ?? targets[0] ?? 'ratings';
  const mapping: ImportMapping = given ?? {
    format: known,
    target: wanted,
    fields: proposeFields(wanted, flat),
  };
  const mapped = mappedRows(mapping, rows);
  const { good, errors } = checked(wanted, mapped.rows);
  return {
    mapping,
    targets,
    needs: [...neededFields[wanted]],
    paths: shownPaths(flat),
    good: good.length,
    first: good.slice(0, SHOWN),
    silent: mapped.silent,
    errors: [...mapped.errors, ...errors].sort((a, b) => a.line - b.line),
  };
}

const schemas: Record<ImportTarget, z.ZodType> = {
  ratings: RatingRow,
  pairs: PairRow,
  conversations: ConversationRow,
  corrections: PairRow,
};

/** Rows that the importer would take, and what it would say of the others. */
function checked(
  target: ImportTarget,
  rows: readonly SentRow[],
): { good: SentRow[]; errors: ImportResult['errors'] } {
  const good: SentRow[] = [];
  const errors: ImportResult['errors'] = [];
  for (const row of rows) {
    const { error } = schemas[target].safeParse(row.data);
    if (error === undefined) good.push(row);
    else errors.push(rowError(row.line, row.data, error));
  }
  return { good, errors };
}

function shownPaths(rows: readonly SourceRow[]): DryRun['paths'] {
  return [...countedPaths(rows)].slice(0, PATHS_SHOWN).map(([path, count]) => {
    const value = rows.map((row) => valueAt(row, path)).find((one) => one !== undefined && one !== '');
    return {
      path,
      rows: count,
      example: String(value ?? '')
        .slice(0, EXAMPLE_CHARACTERS)
        .toWellFormed(),
    };
  });
}
