import { SnapshotRow } from '@attune/contracts';
import type { SnapshotRows } from './snapshot.ts';

const LINES_AT_ONCE = 500;
const LINE_BREAK = 0x0a;

/**
 * Reads a snapshot line by line, letting other work run every few hundred lines: it can have hundreds of megabytes.
 * @throws ZodError or SyntaxError when the bytes are no snapshot
 */
export async function readSnapshot(snapshot: Uint8Array): Promise<SnapshotRows> {
  const rows: SnapshotRows = { ratings: [], pairs: [], steps: [] };
  let read = 0;
  for (const line of lines(snapshot)) {
    const row = SnapshotRow.parse(JSON.parse(line));
    if (row.type === 'rating') rows.ratings.push(row);
    else if (row.type === 'pair') rows.pairs.push(row);
    else rows.steps.push(row);
    if (++read % LINES_AT_ONCE === 0) await new Promise(setImmediate);
  }
  return rows;
}

/** The lines of UTF-8 text; each ends in a line break. */
function* lines(bytes: Uint8Array): Generator<string> {
  const decoder = new TextDecoder();
  let start = 0;
  for (let end = bytes.indexOf(LINE_BREAK); end !== -1; end = bytes.indexOf(LINE_BREAK, start)) {
    yield decoder.decode(bytes.subarray(start, end));
    start = end + 1;
  }
}
