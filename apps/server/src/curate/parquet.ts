import type { SnapshotPair, SnapshotRating } from '@attune/contracts';
import type { SchemaElement } from 'hyparquet';
import { parquetWriteBuffer } from 'hyparquet-writer';
import type { SnapshotRows } from './snapshot.ts';

type Row = SnapshotRating | SnapshotPair;

interface Column {
  readonly schema: readonly SchemaElement[];
  readonly of: (row: Row) => string | number | string[] | null;
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
function texts(name: string, of: (row: Row) => string[]): Column {
  const schema: SchemaElement[] = [
    { name, converted_type: 'LIST', repetition_type: 'REQUIRED', num_children: 1 },
    { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
    { name: 'element', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'REQUIRED' },
  ];
  return { schema, of };
}

/** One table for both kinds of rows; what a kind doesn't have is null. */
const columns: readonly Column[] = [
  text('type', (row) => row.type),
  text('split', (row) => row.split),
  text('query', (row) => row.query),
  maybeText('response', (row) => (row.type === 'rating' ? row.response : null)),
  maybeNumber('rating', (row) => (row.type === 'rating' ? row.rating : null)),
  ...dimensions.map((dimension) =>
    maybeNumber(`rating_${dimension}`, (row) =>
      row.type === 'rating' ? (row.rating_dimensions?.[dimension] ?? null) : null,
    ),
  ),
  maybeText('comment', (row) => (row.type === 'rating' ? (row.comment ?? null) : null)),
  maybeText('chosen', (row) => (row.type === 'pair' ? row.chosen : null)),
  maybeText('rejected', (row) => (row.type === 'pair' ? row.rejected : null)),
  maybeNumber('strength', (row) => (row.type === 'pair' ? row.strength : null)),
  maybeText('method', (row) => (row.type === 'pair' ? row.method : null)),
  texts('feedback_ids', (row) => (row.type === 'pair' ? row.feedback_ids : [row.feedback_id])),
];

/** Writes a data set as one Parquet table with typed columns, ratings first. */
export function writeParquet({ ratings, pairs }: SnapshotRows): Uint8Array {
  const rows: Row[] = [...ratings, ...pairs];
  const schema: SchemaElement[] = [
    { name: 'root', num_children: columns.length },
    ...columns.flatMap((column) => column.schema),
  ];
  const columnData = columns.map(({ schema: [element], of }) => ({
    name: element?.name ?? '',
    data: rows.map(of),
  }));
  return new Uint8Array(parquetWriteBuffer({ columnData, schema }));
}
