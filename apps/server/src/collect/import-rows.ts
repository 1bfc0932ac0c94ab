import { createHash } from 'node:crypto';
import { type RowError, rowError } from '@attune/contracts';
import type { z } from 'zod';
import { storable } from '../platform/db/storable.ts';

/** A row of a file with the line it stood on. */
export interface SentRow {
  readonly line: number;
  readonly data: Record<string, unknown>;
}

/** A row that can be imported; equal rows have equal keys. */
export interface GoodRow<Row> {
  readonly line: number;
  readonly row: Row;
  readonly key: string;
}

/** What a file's rows turned out to be; rows that repeat an earlier one are only counted. */
export interface SortedRows<Row> {
  readonly good: GoodRow<Row>[];
  readonly repeated: number;
  readonly errors: RowError[];
}

/**
 * Tells good rows from bad ones. Empty fields count as absent (CSV knows no other way to say so). Two rows are the
 * same when every field is: two people who agree differ in `user_id`.
 */
export function sortRows<Schema extends z.ZodType>(
  schema: Schema,
  rows: readonly SentRow[],
): SortedRows<z.output<Schema>> {
  const good = new Map<string, GoodRow<z.output<Schema>>>();
  const errors: RowError[] = [];
  for (const { line, data } of rows) {
    const filled = withoutEmpty(storable(data));
    const parsed = schema.safeParse(filled);
    if (!parsed.success) errors.push(rowError(line, filled, parsed.error));
    else {
      const key = keyOf(parsed.data);
      if (!good.has(key)) good.set(key, { line, row: parsed.data, key });
    }
  }
  return { good: [...good.values()], repeated: rows.length - errors.length - good.size, errors };
}

function withoutEmpty(data: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(data).filter(([, value]) => value !== '' && value !== null));
}

/** SHA-256 of a row's content; the order of its fields does not matter. */
function keyOf(row: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(sortedFields(row)))
    .digest('hex');
}

function sortedFields(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedFields);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return fields.map(([name, item]) => [name, sortedFields(item)]);
}
