import { sql } from 'kysely';
import type { Db } from './judging.ts';

/** Who looks at the votes of an organisation's items. */
export interface Viewer {
  readonly organization: string;
  readonly principal: string;
}

/**
 * Those of the items that somebody may still be asked to judge, and has not: a judge of a project that is not closed,
 * while the item has a place or is kept for them. They must not know what others said.
 */
export async function itemsStillBlind(
  db: Db,
  { organization, principal }: Viewer,
  items: readonly string[],
): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    SELECT item.id FROM judging_items AS item
    JOIN judging_projects AS project ON project.id = item.project_id AND project.status <> 'closed'
    JOIN judging_judges AS seat ON seat.project_id = item.project_id AND seat.judge = ${principal}
    LEFT JOIN judging_assignments AS held
      ON held.item_id = item.id AND held.judge = ${principal} AND held.state = 'held'
    WHERE item.organization = ${organization} AND item.id = ANY(${[...items]}::uuid[])
      AND item.adjudication IS NULL
      AND (item.kind <> 'item' OR item.taken < item.wanted OR held.id IS NOT NULL)
      AND NOT EXISTS (
        SELECT 1 FROM pair_judgements AS vote WHERE vote.item_id = item.id AND vote.judge = ${principal})`.execute(
    db,
  );
  return new Set(rows.map(({ id }) => id));
}

/** Makes somebody's own votes on items final: whoever knows the others' cannot judge anew. */
export async function endOwnUndo(
  db: Db,
  { organization, principal }: Viewer,
  items: readonly string[],
): Promise<void> {
  await db
    .updateTable('pair_judgements')
    .set({ revealed: true })
    .where('organization', '=', organization)
    .where('judge', '=', principal)
    .where('revealed', '=', false)
    .where(sql<boolean>`item_id = ANY(${[...items]}::uuid[])`)
    .execute();
}
