/** A row that preparation removed, and why. */
export interface Dropped<T> {
  reason: string;
  row: T;
}

/** What a check kept and dropped; every row is in one of the two. */
export interface CheckedRows<T> {
  kept: T[];
  dropped: Dropped<T>[];
}

/** Drops the rows for which a reason is given. */
export function dropWhere<T>(rows: readonly T[], reasonOf: (row: T) => string | null): CheckedRows<T> {
  const kept: T[] = [];
  const dropped: Dropped<T>[] = [];
  for (const row of rows) {
    const reason = reasonOf(row);
    if (reason === null) kept.push(row);
    else dropped.push({ reason, row });
  }
  return { kept, dropped };
}
