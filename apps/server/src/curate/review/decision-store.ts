import type { ReviewAction, ReviewFilter } from '@attune/contracts';
import { type RawBuilder, type Selectable, sql } from 'kysely';
import type { Tables } from '../../platform/db/tables.ts';
import type { Reviewer, Sql } from './review.ts';

export type DecisionRow = Selectable<Tables['review_decisions']>;

/** A decision about to be made. */
export interface NewDecision {
  readonly id: string;
  readonly decision: ReviewAction;
  readonly filter: ReviewFilter | null;
  readonly at: Date;
}

/** Stores a decision and what it is about; `items` is a query of feedback ids. */
export async function plan(
  db: Sql,
  { organization, principal, name, email }: Reviewer,
  { id, decision, filter, at }: NewDecision,
  items: RawBuilder<unknown>,
): Promise<DecisionRow> {
  const { rows } = await sql<DecisionRow>`
    WITH item(id) AS MATERIALIZED (${items}), planned AS (
      INSERT INTO review_changes (decision_id, feedback_id, organization)
      SELECT ${id}::uuid, item.id, ${organization} FROM item)
    INSERT INTO review_decisions (id, organization, principal, name, email, action, decision, filter, state, items,
      created_at)
    VALUES (${id}::uuid, ${organization}, ${principal}, ${name}, ${email}, ${decision.action},
      ${JSON.stringify(decision)}::jsonb, ${filter === null ? null : JSON.stringify(filter)}::jsonb, 'running',
      (SELECT count(*)::int FROM item), ${at})
    RETURNING *`.execute(db);
  const [row] = rows;
  if (row === undefined) throw new Error(`decision ${id} was not stored`);
  return row;
}

/** A decision by id, in whichever organisation. */
export function decisionById(db: Sql, id: string): Promise<DecisionRow | undefined> {
  return db.selectFrom('review_decisions').selectAll().where('id', '=', id).executeTakeFirst();
}

/** A decision by id, locked until the transaction ends. */
export function lockDecision(db: Sql, id: string): Promise<DecisionRow | undefined> {
  return db.selectFrom('review_decisions').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
}

/** The last decisions of a person that changed something or still may, newest first. */
export function lastDecisions(
  db: Sql,
  { organization, principal }: Reviewer,
  limit: number,
): Promise<DecisionRow[]> {
  return db
    .selectFrom('review_decisions')
    .selectAll()
    .where('organization', '=', organization)
    .where('principal', '=', principal)
    .where(sql<boolean>`(done > 0 OR state = 'running')`)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}

/** Decisions of one person or of all, newest first, one more than `limit`. */
export function listDecisions(
  db: Sql,
  organization: string,
  { principal, before, limit }: { principal: string | null; before: string | null; limit: number },
): Promise<DecisionRow[]> {
  return db
    .selectFrom('review_decisions')
    .selectAll()
    .where('organization', '=', organization)
    .$if(principal !== null, (query) => query.where('principal', '=', principal ?? ''))
    .$if(before !== null, (query) => query.where('id', '<', before ?? ''))
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
}

/** The first items of each of some decisions. */
export async function firstItems(
  db: Sql,
  decisions: readonly string[],
  limit: number,
): Promise<Map<string, string[]>> {
  const { rows } = await sql<{ id: string; items: string[] }>`
    SELECT d.id, ARRAY(SELECT feedback_id FROM review_changes WHERE decision_id = d.id ORDER BY feedback_id LIMIT ${limit}) AS items
    FROM unnest(${[...decisions]}::uuid[]) AS d(id)`.execute(db);
  return new Map(rows.map(({ id, items }) => [id, items]));
}

export async function setState(db: Sql, id: string, state: DecisionRow['state']): Promise<void> {
  await db.updateTable('review_decisions').set({ state }).where('id', '=', id).execute();
}

/** An item of a decision, with who else holds it. */
export interface LockedItem {
  readonly id: string;
  readonly holder_name: string | null;
  readonly until: Date | null;
}

/** Up to `limit` items of a decision in a state, their feedback locked in the order of ids. */
export async function lockItems(
  db: Sql,
  { id, principal }: DecisionRow,
  state: 'planned' | 'changed',
  { now, limit }: { now: Date; limit: number },
): Promise<LockedItem[]> {
  const { rows } = await sql<LockedItem>`
    SELECT f.id, r.holder_name, r.until FROM review_changes c JOIN rlhf_feedback f ON f.id = c.feedback_id
    LEFT JOIN review_reservations r ON r.feedback_id = f.id AND r.holder <> ${principal} AND r.until > ${now}
    WHERE c.decision_id = ${id}::uuid AND c.state = ${state}
    ORDER BY c.feedback_id LIMIT ${limit} FOR NO KEY UPDATE OF f`.execute(db);
  return rows;
}
