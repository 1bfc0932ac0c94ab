import type { SnapshotPair, SnapshotRating, SnapshotSteps } from '@attune/contracts';
import type { SchemaElement } from 'hyparquet';
import { parquetWriteBuffer } from 'hyparquet-writer';
import type { SnapshotRows } from '../datasets/snapshot.ts';

type Row = SnapshotRating | SnapshotPair | SnapshotSteps;

interface Column {
  readonly schema: readonly SchemaElement[];
  readonly of: (row: Row) => string | number | string[] | boolean[] | null;
}

const dimensions = ['accuracy', 'helpfulness', 'clarity', 'safety'] as const;

function text(name: string, of: (row: Row) => string): Column {
  return { schema: [{ name, type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'REQUIRED' }], of };
}

function maybeText(name: string, of: (row: Row) => string | null): Column {
  return { schema: [{ name, type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' }], of };
}

function maybeNumber(name: string, of: (row: Row) => number | null): Column {
  return { schema: [{ name, type: 'DOUBLE', repetition_type: 'OPTIONAL' }], of };
}

/** A list as the Parquet format writes it: three levels (parquet-format, "LogicalTypes", section Lists). */
function list(
  name: string,
  element: Pick<SchemaElement, 'type' | 'converted_type'>,
  of: (row: Row) => string[] | boolean[],
): Column {
  const schema: SchemaElement[] = [
    { name, converted_type: 'LIST', repetition_type: 'REQUIRED', num_children: 1 },
    { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
    { name: 'element', repetition_type: 'REQUIRED', ...element },
  ];
  return { schema, of };
}

const utf8 = { type: 'BYTE_ARRAY', converted_type: 'UTF8' } as const;

/** One table for all kinds of rows; what a kind doesn't have is null. */
const columns: readonly Column[] = [
  text('type', (row) => row.type),
  text('split', (row) => row.split),
  text('query', (row) => row.query),
  maybeText('context', (row) => row.context ?? null),
  maybeText('response', (row) => (row.type === 'rating' ? row.response : null)),
  maybeNumber('rating', (row) => (row.type === 'rating' ? row.rating : null)),
  ...dimensions.map((dimension) =>
    maybeNumber(`rating_${dimension}`, (row) =>
      row.type === 'rating' ? (row.rating_dimensions?.[dimension] ?? null) : null,
    ),
  ),
  maybeText('comment', (row) => (row.type === 'rating' ? (row.comment ?? null) : null)),
  maybeText('category', (row) => (row.type === 'rating' ? (row.category ?? null) : null)),
  maybeText('user_group', (row) => (row.type === 'rating' ? (row.user_group ?? null) : null)),
  maybeText('chosen', (row) => (row.type === 'pair' ? row.chosen : null)),
  maybeText('rejected', (row) => (row.type === 'pair' ? row.rejected : null)),
  maybeNumber('strength', (row) => (row.type === 'pair' ? row.strength : null)),
  maybeText('method', (row) => (row.type === 'pair' ? row.method : null)),
  list('completions', utf8, (row) => (row.type === 'steps' ? row.steps.map(({ text }) => text) : [])),
  list('labels', { type: 'BOOLEAN' }, (row) =>
    row.type === 'steps' ? row.steps.map(({ label }) => label) : [],
  ),
  list('feedback_ids', utf8, (row) => (row.type === 'rating' ? [row.feedback_id] : row.feedback_ids)),
];

function named(name: string | undefined): string {
  return name ?? '';
}

/** The first rows of the table, as its columns hold them. */
export function parquetRows(rows: SnapshotRows, first: number): Record<string, unknown>[] {
  return inOrder(rows)
    .slice(0, first)
    .map((row) =>
      Object.fromEntries(columns.map(({ schema: [element], of }) => [named(element?.name), of(row)])),
    );
}

function inOrder({ ratings, pairs, steps }: SnapshotRows): Row[] {
  return [...ratings, ...pairs, ...steps];
}

/** Writes a data set as one Parquet table with typed columns, ratings first. */
export function writeParquet(all: SnapshotRows): Uint8Array {
  const rows = inOrder(all);
  const schema: SchemaElement[] = [
    { name: 'root', num_children: columns.length },
    ...columns.flatMap((column) => column.schema),
  ];
  const columnData = columns.map(({ schema: [element], of }) => ({
    name: named(element?.name),
    data: rows.map(of),
  }));
  return new Uint8Array(parquetWriteBuffer({ columnData, schema }));
}
