import type { FileRow } from './file-rows.ts';

const MOST_ROWS = 200;
/** The server's limit for a body is in bytes, and higher. */
const MOST_CHARACTERS = 2_000_000;
const LOOKED_AT = 1000;

/** Rows in portions that the server takes at once. */
export function rowBatches(rows: readonly FileRow[], most = MOST_ROWS): FileRow[][] {
  const batches: FileRow[][] = [];
  let characters = Number.POSITIVE_INFINITY;
  for (const row of rows) {
    const size = JSON.stringify(row).length;
    const last = batches.at(-1);
    if (last === undefined || last.length >= most || characters + size > MOST_CHARACTERS) {
      batches.push([row]);
      characters = size;
    } else {
      last.push(row);
      characters += size;
    }
  }
  return batches;
}

/** The rows that a dry run looks at: the first. */
export function lookedAt(rows: readonly FileRow[]): FileRow[] {
  return rowBatches(rows.slice(0, LOOKED_AT), LOOKED_AT)[0] ?? [];
}
