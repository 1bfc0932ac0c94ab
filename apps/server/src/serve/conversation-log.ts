import type { Candidate } from '@attune/contracts';
import type pg from 'pg';
import { GroupCommit } from '../platform/db/group-commit.ts';
import { storableJson } from '../platform/db/storable.ts';
import type { ConversationRow } from './conversation-row.ts';
import { completeRows, insertRows, replaceCandidates } from './log-statements.ts';

/**
 * The log of every answer. Each write resolves when it is durable; writes of concurrent answers share a commit.
 * All throw Overloaded and DatabaseUnavailable.
 */
export interface ConversationLog {
  /** A new row, complete or open. */
  insert(row: ConversationRow): Promise<void>;
  /** An open row with what is now known of it. */
  complete(row: ConversationRow): Promise<void>;
  /** The candidates of a row, with the ones that came late. */
  replaceCandidates(responseId: string, candidates: readonly Candidate[]): Promise<void>;
  /** Resolves when everything given so far is written or refused. */
  drain(): Promise<void>;
}

type Write =
  | { readonly kind: 'insert' | 'complete'; readonly row: ConversationRow }
  | {
      readonly kind: 'candidates';
      readonly row: { readonly response_id: string; readonly all_candidates: readonly Candidate[] };
    };

const statements = { insert: insertRows, complete: completeRows, candidates: replaceCandidates } as const;

/** Opens the log on a database. */
export function openConversationLog(pool: pg.Pool): ConversationLog {
  const writes = new GroupCommit<Write>({
    flush: (batch) => flush(pool, batch),
    keyOf: ({ row }) => row.response_id,
  });
  return {
    insert: (row) => writes.write({ kind: 'insert', row }),
    complete: (row) => writes.write({ kind: 'complete', row }),
    replaceCandidates: (response_id, all_candidates) =>
      writes.write({ kind: 'candidates', row: { response_id, all_candidates } }),
    drain: () => writes.drain(),
  };
}

/**
 * One statement per kind that occurs: nearly always one in all. Rows of a batch are different answers, so that
 * their order does not matter, and each statement can be repeated, so that a batch that failed half-way can, too.
 */
async function flush(pool: pg.Pool, batch: readonly Write[]): Promise<void> {
  for (const kind of ['insert', 'complete', 'candidates'] as const) {
    const rows = batch.filter((write) => write.kind === kind).map(({ row }) => row);
    if (rows.length > 0) await pool.query(statements[kind], [storableJson(rows)]);
  }
}
