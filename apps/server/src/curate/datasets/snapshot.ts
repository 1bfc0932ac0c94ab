import { createHash } from 'node:crypto';
import type { SnapshotPair, SnapshotRating, SnapshotSteps } from '@attune/contracts';
import { canonicalJson } from '@attune/core';

/** The rows of a frozen data set. */
export interface SnapshotRows {
  readonly ratings: SnapshotRating[];
  readonly pairs: SnapshotPair[];
  readonly steps: SnapshotSteps[];
}

/** A snapshot's bytes: JSON Lines of canonical JSON, ratings first, steps last. The same rows always give the same bytes. */
export function writeSnapshot({ ratings, pairs, steps }: SnapshotRows): Uint8Array {
  const lines = [...ratings, ...pairs, ...steps].map((row) => `${canonicalJson(row)}\n`);
  return new TextEncoder().encode(lines.join(''));
}

/** A data set's content hash: SHA-256 of its snapshot in hexadecimal. */
export function contentHash(snapshot: Uint8Array): string {
  return createHash('sha256').update(snapshot).digest('hex');
}
