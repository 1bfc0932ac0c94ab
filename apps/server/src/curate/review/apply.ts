import { type RawBuilder, sql } from 'kysely';
import { endsReview, settings } from './action-columns.ts';
import { type DecisionRow, type LockedItem, lockItems } from './decision-store.ts';
import { letGo } from './reservation-store.ts';
import type { Reviewer, Sql } from './review.ts';

/** How long a skipped item keeps away from who skipped it. */
const SKIP_MS = 24 * 3_600_000;
/** Items changed in one transaction. */
export const BATCH = 1000;

/** What became of a batch. */
interface Applied {
  /** The decision as it is now. */
  readonly row: DecisionRow;
  /** Items it was about. */
  readonly items: readonly LockedItem[];
}

/** Who made a decision. */
export function deciderOf(row: DecisionRow): Reviewer {
  const { organization, principal, name, email } = row;
  const memberId = principal.startsWith('member:') ? principal.replace('member:', '') : null;
  return { organization, principal, name, email, memberId };
}

/** Carries a decision out on the next of its items, inside a transaction that holds the decision's row. */
export async function applyBatch(db: Sql, row: DecisionRow, now: Date): Promise<Applied> {
  const items = await lockItems(db, row, 'planned', { now, limit: BATCH });
  const mine = items.filter(({ until }) => until === null).map(({ id }) => id);
  const others = items.filter(({ until }) => until !== null).map(({ id }) => id);
  await change(db, row, mine, now);
  await leaveAlone(db, row.id, others);
  if (endsReview(row.decision)) await letGo(db, deciderOf(row), mine);
  const finished = items.length < BATCH;
  const after = await db
    .updateTable('review_decisions')
    .set({
      done: sql<number>`done + ${mine.length}`,
      // Feedback that was deleted meanwhile is left alone, too.
      left_alone: finished
        ? sql<number>`items - done - ${mine.length}`
        : sql<number>`left_alone + ${others.length}`,
      state: finished ? 'done' : 'running',
    })
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  return { row: after, items };
}

async function leaveAlone(db: Sql, decision: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await sql`UPDATE review_changes SET state = 'left_alone'
    WHERE decision_id = ${decision}::uuid AND feedback_id = ANY(${[...ids]}::uuid[])`.execute(db);
}

/** Both halves see the rows as they were before the statement. */
async function change(db: Sql, row: DecisionRow, ids: readonly string[], now: Date): Promise<void> {
  if (ids.length === 0) return;
  const set = settings(row.decision);
  const kept = sql`
    UPDATE review_changes c SET state = 'changed', before = jsonb_build_object('status', f.status, 'tags', f.tags,
      'review_note', f.review_note, 'review_correction', f.review_correction, 'assigned_to', f.assigned_to,
      'curator_email', f.curator_email, 'review_decision', f.review_decision)
    FROM rlhf_feedback f
    WHERE c.decision_id = ${row.id}::uuid AND c.feedback_id = f.id AND f.id = ANY(${[...ids]}::uuid[])`;
  const changed =
    set === null
      ? skipped(row, ids, new Date(now.getTime() + SKIP_MS))
      : sql`UPDATE rlhf_feedback SET ${set}, review_decision = ${row.id}::uuid,
          curator_email = coalesce(${row.email}, curator_email), updated_at = ${now}
        WHERE id = ANY(${[...ids]}::uuid[])`;
  await sql`WITH kept AS (${kept}) ${changed}`.execute(db);
}

function skipped(row: DecisionRow, ids: readonly string[], until: Date): RawBuilder<unknown> {
  return sql`
    INSERT INTO review_skips (feedback_id, holder, organization, until)
    SELECT id, ${row.principal}, ${row.organization}, ${until}::timestamptz FROM unnest(${[...ids]}::uuid[]) AS item(id)
    ON CONFLICT (feedback_id, holder) DO UPDATE SET until = excluded.until`;
}
