import { SnapshotRow } from '@attune/contracts';
import type { SnapshotRows } from './snapshot.ts';

const LINES_AT_ONCE = 1000;

/**
 * Reads a snapshot, letting other work run every thousand lines.
 * @throws ZodError or SyntaxError when the bytes are no snapshot
 */
export async function readSnapshot(snapshot: Uint8Array): Promise<SnapshotRows> {
  const rows: SnapshotRows = { ratings: [], pairs: [] };
  let read = 0;
  for (const line of new TextDecoder().decode(snapshot).split('\n')) {
    if (line === '') continue;
    const row = SnapshotRow.parse(JSON.parse(line));
    if (row.type === 'rating') rows.ratings.push(row);
    else rows.pairs.push(row);
    if (++read % LINES_AT_ONCE === 0) await new Promise(setImmediate);
  }
  return rows;
}
