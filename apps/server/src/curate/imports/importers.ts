import type { ImportResult } from '@attune/contracts';

/** A row with the line it stood on. */
export interface SentRow {
  readonly line: number;
  readonly data: Record<string, unknown>;
}

/** What this room needs from the one that keeps answers and feedback. */
export interface Importers {
  ratings(organization: string, rows: readonly SentRow[]): Promise<ImportResult>;
  conversations(organization: string, rows: readonly SentRow[]): Promise<ImportResult>;
}
