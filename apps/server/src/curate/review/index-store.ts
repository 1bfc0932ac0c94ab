import { type Selectable, sql } from 'kysely';
import type { Tables } from '../../platform/db/tables.ts';
import type { Sql } from './review.ts';

/** A feedback that is to be embedded and scored. */
export interface DueItem
  extends Pick<Selectable<Tables['rlhf_feedback']>, 'rating_overall' | 'reaction_type'> {
  readonly id: string;
  readonly organization: string;
  readonly query: string;
  readonly context: string;
  readonly response: string;
  readonly embedder: string | null;
}

/**
 * Takes the items longest due, and puts them off until `lease`: when the taker dies they are due again. What changes
 * meanwhile gets another due time, and is not written over.
 */
export async function takeDue(
  db: Sql,
  { now, lease, limit }: { now: Date; lease: Date; limit: number },
): Promise<DueItem[]> {
  const { rows } = await sql<DueItem>`
    WITH taken AS (
      UPDATE review_index SET due_at = ${lease} WHERE feedback_id IN (
        SELECT feedback_id FROM review_index WHERE due_at <= ${now} ORDER BY due_at LIMIT ${limit}
        FOR UPDATE SKIP LOCKED)
      RETURNING feedback_id, embedder)
    SELECT f.id, f.organization, f.query, f.query_context AS context, f.response, f.rating_overall, f.reaction_type, taken.embedder
    FROM taken JOIN rlhf_feedback f ON f.id = taken.feedback_id`.execute(db);
  return rows;
}

/** What was found out about an item. */
export interface IndexedItem {
  readonly id: string;
  /** Null where it had a vector already. */
  readonly embedder: string | null;
  readonly embedding: readonly number[] | null;
  readonly score: number | null;
  readonly model: string | null;
  readonly priority: number;
  readonly disagreement: number | null;
}

/** Keeps what was found out about items taken with a lease. */
export async function keepIndexed(db: Sql, items: readonly IndexedItem[], lease: Date): Promise<void> {
  const given = sql`jsonb_to_recordset(${JSON.stringify(items)}::jsonb) AS given (id uuid, embedder text,
    embedding real[], score real, model text, priority real, disagreement real)`;
  await db.transaction().execute(async (transaction) => {
    // Feedback first, in the order of ids, as everybody who changes it does.
    await sql`
      UPDATE rlhf_feedback f SET review_priority = given.priority, review_disagreement = given.disagreement
      FROM ${given} JOIN (SELECT locked.id FROM rlhf_feedback locked
        WHERE locked.id = ANY(${items.map(({ id }) => id)}::uuid[]) ORDER BY locked.id FOR NO KEY UPDATE) AS mine USING (id)
      WHERE f.id = given.id AND (f.review_priority, f.review_disagreement)
        IS DISTINCT FROM (given.priority, given.disagreement)`.execute(transaction);
    await sql`
      UPDATE review_index i SET embedder = coalesce(given.embedder, i.embedder),
        embedding = coalesce(given.embedding, i.embedding), score = given.score, scored_by = given.model, due_at = NULL
      FROM ${given} WHERE i.feedback_id = given.id AND i.due_at = ${lease}`.execute(transaction);
  });
}

/** Of each organisation, the model that its queue was last ranked by; '' for none. */
export async function rankings(db: Sql): Promise<{ organization: string; model: string }[]> {
  const { rows } = await sql<{ organization: string; model: string }>`
    SELECT o.id AS organization, coalesce(r.model, '') AS model FROM organizations o
    LEFT JOIN review_rankings r ON r.organization = o.id`.execute(db);
  return rows;
}

/** Has the newest pending items of an organisation scored by another model. */
export async function rankAgain(
  db: Sql,
  organization: string,
  model: string,
  { now, limit }: { now: Date; limit: number },
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await transaction
      .insertInto('review_rankings')
      .values({ organization, model })
      .onConflict((conflict) => conflict.column('organization').doUpdateSet({ model }))
      .execute();
    await sql`
      UPDATE review_index SET due_at = ${now} WHERE due_at IS NULL AND scored_by IS DISTINCT FROM ${model}
        AND feedback_id IN (SELECT id FROM rlhf_feedback WHERE organization = ${organization} AND status = 'pending'
          ORDER BY created_at DESC, id DESC LIMIT ${limit})`.execute(transaction);
  });
}
