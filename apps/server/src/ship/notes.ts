import type { ModelNote } from '@attune/contracts';
import type { Selectable } from 'kysely';
import type { Tables } from '../platform/db/tables.ts';
import { newId } from '../platform/ids.ts';
import type { ModelRow } from './registry-store.ts';
import type { ShipPlatform } from './ship-platform.ts';

type Sql = ShipPlatform['database']['sql'];
type NoteRow = Selectable<Tables['model_notes']>;

/** Sets the tags of a model or adds a note, as one change; audited. */
export async function describeModel(
  { database, clock, audit }: Pick<ShipPlatform, 'database' | 'clock' | 'audit'>,
  model: ModelRow,
  { principal, name }: { readonly principal: string; readonly name: string },
  { tags, note }: { readonly tags?: readonly string[] | undefined; readonly note?: string | undefined },
): Promise<ModelRow> {
  const { organization, id } = model;
  return await database.sql.transaction().execute(async (tx) => {
    if (note !== undefined) {
      const noted = { id: newId(), organization, model: id, text: note, by: name, created_at: clock.now() };
      await tx.insertInto('model_notes').values(noted).execute();
    }
    const distinct = tags === undefined ? model.tags : [...new Set(tags.map((tag) => tag.trim()))];
    const details = { ...(tags !== undefined && { tags: distinct }), ...(note !== undefined && { note }) };
    const act = {
      organization,
      actor: principal,
      action: 'model.described',
      subject: `model:${model.model_id}`,
    };
    await audit.record({ ...act, details }, tx);
    return await tx
      .updateTable('model_registry')
      .set({ tags: distinct })
      .where('organization', '=', organization)
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow();
  });
}

/** Notes on a model, newest first. */
export function notesOn(
  sql: Sql,
  { organization, id }: Pick<ModelRow, 'organization' | 'id'>,
  before: string | undefined,
  limit: number,
): Promise<NoteRow[]> {
  let rows = sql
    .selectFrom('model_notes')
    .selectAll()
    .where('organization', '=', organization)
    .where('model', '=', id);
  if (before !== undefined) rows = rows.where('id', '<', before);
  return rows.orderBy('id', 'desc').limit(limit).execute();
}

export function noteView({ id, text, by, created_at }: NoteRow): ModelNote {
  return { id, text, by, created_at: created_at.toISOString() };
}
