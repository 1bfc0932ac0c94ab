import type { DatasetRow, SnapshotRow } from '@attune/contracts';
import type { z } from 'zod';

/** A row of a snapshot as callers see it. */
export function toDatasetRow({ type, split, query, ...row }: SnapshotRow): z.output<typeof DatasetRow> {
  return { type, split, query, row };
}
