import type { JudgingItemKind } from '@attune/contracts';
import { sql } from 'kysely';
import { newId } from '../../platform/ids.ts';
import { batches } from '../batches.ts';
import type { Db } from './judging.ts';
import type { ProjectRow } from './project-store.ts';
import { itemKey, type NewItem } from './sources/new-item.ts';
import type { ItemRow } from './vote-store.ts';

const ROWS_PER_INSERT = 200;

/** Inserts the items that a project does not have yet; how many they were. */
export async function insertItems(db: Db, project: ProjectRow, items: readonly NewItem[]): Promise<number> {
  let added = 0;
  for (const batch of batches(items, ROWS_PER_INSERT)) {
    const rows = await db
      .insertInto('judging_items')
      .values(batch.map((item) => toRow(project, item)))
      .onConflict((conflict) => conflict.columns(['project_id', 'import_key']).doNothing())
      .returning('id')
      .execute();
    added += rows.length;
  }
  return added;
}

function toRow(project: ProjectRow, item: NewItem) {
  return {
    id: newId(),
    organization: project.organization,
    project_id: project.id,
    kind: item.kind,
    query: item.query,
    context: item.context,
    responses: JSON.stringify(item.responses),
    known: item.known === null ? null : JSON.stringify(item.known),
    source_kind: item.source.kind,
    source_id: item.source.id,
    import_key: itemKey(item),
    wanted: project.judges_per_item,
  };
}

/** The keys of items that a project has already. */
export async function knownKeys(db: Db, project: string, keys: readonly string[]): Promise<Set<string>> {
  const known = new Set<string>();
  for (const batch of batches(keys, 5000)) {
    const rows = await db
      .selectFrom('judging_items')
      .select('import_key')
      .where('project_id', '=', project)
      .where('import_key', 'in', batch)
      .execute();
    for (const { import_key } of rows) known.add(import_key);
  }
  return known;
}

export async function itemById(db: Db, organization: string, id: string): Promise<ItemRow | null> {
  const row = await db
    .selectFrom('judging_items')
    .selectAll()
    .where('organization', '=', organization)
    .where('id', '=', id)
    .executeTakeFirst();
  return row ?? null;
}

export type ItemState = 'open' | 'done' | 'skipped' | 'adjudicated';

const inState = {
  open: sql<boolean>`votes < wanted AND adjudication IS NULL`,
  done: sql<boolean>`(votes >= wanted OR adjudication IS NOT NULL)`,
  skipped: sql<boolean>`skips > 0`,
  adjudicated: sql<boolean>`adjudication IS NOT NULL`,
} as const;

export interface ItemFilter {
  readonly project: string;
  readonly kind?: JudgingItemKind | undefined;
  readonly state?: ItemState | undefined;
  /** Only ids before this one. */
  readonly before: string | null;
  readonly limit: number;
}

/** Newest first. A state is one of items that are judged for their own sake. */
export function listItems(db: Db, { project, kind, state, before, limit }: ItemFilter): Promise<ItemRow[]> {
  let query = db.selectFrom('judging_items').selectAll().where('project_id', '=', project);
  if (kind !== undefined) query = query.where('kind', '=', kind);
  if (state !== undefined) query = query.where('kind', '=', 'item').where(inState[state]);
  if (before !== null) query = query.where('id', '<', before);
  return query.orderBy('id', 'desc').limit(limit).execute();
}

export interface DisagreementFilter {
  readonly project: string;
  readonly adjudicated: boolean;
  readonly minimum: number;
  /** Only what comes after this disagreement and id. */
  readonly after: { readonly disagreement: number; readonly id: string } | null;
  readonly limit: number;
}

/** Items whose judges disagree, most first. */
export function listDisagreeing(db: Db, filter: DisagreementFilter): Promise<ItemRow[]> {
  const { project, adjudicated, minimum, after, limit } = filter;
  let query = db
    .selectFrom('judging_items')
    .selectAll()
    .where('project_id', '=', project)
    .where('kind', '=', 'item')
    .where('disagreement', '>', 0)
    .where('disagreement', '>=', minimum)
    .where('adjudication', adjudicated ? 'is not' : 'is', null);
  if (after !== null) {
    query = query.where(sql<boolean>`(disagreement, id) < (${after.disagreement}, ${after.id}::uuid)`);
  }
  return query.orderBy('disagreement', 'desc').orderBy('id', 'desc').limit(limit).execute();
}

/** Removes an item that was given to nobody; false when it was. */
export async function deleteUnjudged(db: Db, organization: string, id: string): Promise<boolean> {
  const deleted = await db
    .deleteFrom('judging_items')
    .where('organization', '=', organization)
    .where('id', '=', id)
    .where('votes', '=', 0)
    .where('skips', '=', 0)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('judging_assignments')
            .select('judging_assignments.id')
            .whereRef('judging_assignments.item_id', '=', 'judging_items.id')
            .where('judging_assignments.state', '<>', 'released'),
        ),
      ),
    )
    .executeTakeFirst();
  return deleted.numDeletedRows > 0n;
}
