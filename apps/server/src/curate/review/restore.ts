import { sql } from 'kysely';
import { BATCH } from './apply.ts';
import { type DecisionRow, lockItems } from './decision-store.ts';
import type { Sql } from './review.ts';

/** What became of a batch. */
interface Restored {
  /** The decision as it is now. */
  readonly row: DecisionRow;
  readonly restored: readonly string[];
}

/** Takes a decision back on the next of its items, inside a transaction that holds the decision's row. */
export async function restoreBatch(db: Sql, row: DecisionRow, now: Date): Promise<Restored> {
  const items = await lockItems(db, row, 'changed', { now, limit: BATCH });
  const ids = items.map(({ id }) => id);
  const restored = row.action === 'skip' ? await unskip(db, row, ids) : await putBack(db, row.id, ids);
  const done = new Set(restored);
  const kept = ids.filter((id) => !done.has(id));
  await mark(db, row.id, restored, 'restored');
  await mark(db, row.id, kept, 'kept');
  const finished = ids.length < BATCH;
  const after = await db
    .updateTable('review_decisions')
    .set({ restored: sql<number>`restored + ${restored.length}`, state: finished ? 'undone' : 'undoing' })
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  return { row: after, restored };
}

/** Only rows that still are as the decision left them. */
async function putBack(db: Sql, decision: string, ids: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    UPDATE rlhf_feedback f SET status = before.status, tags = before.tags, review_note = before.review_note,
      review_correction = before.review_correction, assigned_to = m.id, curator_email = before.curator_email,
      review_decision = before.review_decision
    FROM review_changes c
    CROSS JOIN jsonb_to_record(c.before) AS before(status text, tags text[], review_note text, review_correction text,
      assigned_to uuid, curator_email text, review_decision uuid)
    LEFT JOIN members m ON m.id = before.assigned_to
    WHERE c.decision_id = ${decision}::uuid AND c.feedback_id = f.id AND f.id = ANY(${[...ids]}::uuid[])
      AND f.review_decision = c.decision_id
    RETURNING f.id`.execute(db);
  return rows.map(({ id }) => id);
}

async function unskip(db: Sql, row: DecisionRow, ids: readonly string[]): Promise<string[]> {
  await db
    .deleteFrom('review_skips')
    .where('holder', '=', row.principal)
    .where(sql<boolean>`feedback_id = ANY(${[...ids]}::uuid[])`)
    .execute();
  return [...ids];
}

async function mark(
  db: Sql,
  decision: string,
  ids: readonly string[],
  state: 'restored' | 'kept',
): Promise<void> {
  if (ids.length === 0) return;
  await sql`UPDATE review_changes SET state = ${state}
    WHERE decision_id = ${decision}::uuid AND feedback_id = ANY(${[...ids]}::uuid[])`.execute(db);
}

/** Items that somebody changed after a decision which was taken back: how many, and the first hundred. */
export async function keptItems(db: Sql, decision: string): Promise<{ count: number; ids: string[] }> {
  const { rows } = await sql<{ count: number; ids: string[] }>`
    SELECT count(*)::int AS count, coalesce((array_agg(feedback_id ORDER BY feedback_id))[1:100], '{}') AS ids
    FROM review_changes WHERE decision_id = ${decision}::uuid AND state = 'kept'`.execute(db);
  return rows[0] ?? { count: 0, ids: [] };
}
