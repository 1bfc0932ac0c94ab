import { queryKey } from '../query-key.ts';
import type { SplitRow } from './split-row.ts';

/** The rows of one query, which always stay together. */
export interface QueryGroup<T> {
  key: string;
  rows: T[];
}

/** Rows by {@link queryKey}, in order of appearance. */
export function queryGroups<T extends SplitRow>(rows: readonly T[]): QueryGroup<T>[] {
  return [...Map.groupBy(rows, (row) => queryKey(row.query))].map(([key, group]) => ({ key, rows: group }));
}
