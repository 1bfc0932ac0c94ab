import type { GateFindings } from '@attune/contracts';
import type { Insertable, Selectable } from 'kysely';
import type { Database } from '../../platform/db/open.ts';
import type { Tables } from '../../platform/db/tables.ts';

type Sql = Database['sql'];
export type MeasurementRow = Selectable<Tables['gate_measurements']>;
export type CompleteMeasurement = MeasurementRow & { readonly result: GateFindings; readonly ended_at: Date };

/** Null when a measurement of the model is under way already. */
export async function insertMeasurement(
  sql: Sql,
  row: Insertable<Tables['gate_measurements']>,
): Promise<MeasurementRow | null> {
  const inserted = await sql
    .insertInto('gate_measurements')
    .values(row)
    .onConflict((conflict) => conflict.column('model').where('ended_at', 'is', null).doNothing())
    .returningAll()
    .executeTakeFirst();
  return inserted ?? null;
}

export function findMeasurement(
  sql: Sql,
  organization: string,
  id: string,
): Promise<MeasurementRow | undefined> {
  return sql
    .selectFrom('gate_measurements')
    .selectAll()
    .where('organization', '=', organization)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** The newest measurement of a model, however it stands. */
export function newestMeasurement(
  sql: Sql,
  organization: string,
  modelId: string,
): Promise<MeasurementRow | undefined> {
  return sql
    .selectFrom('gate_measurements')
    .selectAll()
    .where('organization', '=', organization)
    .where('model_id', '=', modelId)
    .orderBy('id', 'desc')
    .executeTakeFirst();
}

/** The newest measurement of a model that came to its end; `against` a certain incumbent where one is given. */
export async function newestFindings(
  sql: Sql,
  organization: string,
  modelId: string,
  against?: string,
): Promise<CompleteMeasurement | null> {
  let rows = sql
    .selectFrom('gate_measurements')
    .selectAll()
    .where('organization', '=', organization)
    .where('model_id', '=', modelId)
    .where('status', '=', 'completed');
  if (against !== undefined) rows = rows.where('incumbent_model_id', '=', against);
  const row = await rows.orderBy('id', 'desc').executeTakeFirst();
  if (row === undefined || row.result === null || row.ended_at === null) return null;
  return { ...row, result: row.result, ended_at: row.ended_at };
}

/** Changes a measurement that has not ended; says whether there was one. */
export async function changeMeasurement(
  sql: Sql,
  organization: string,
  id: string,
  change: { progress: number } | { status: 'measuring' } | MeasurementEnd,
): Promise<boolean> {
  const { numUpdatedRows } = await sql
    .updateTable('gate_measurements')
    .set(change)
    .where('organization', '=', organization)
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export type MeasurementEnd =
  | { status: 'completed'; progress: 1; result: string; ended_at: Date }
  | { status: 'failed'; error: string; ended_at: Date };

/** Measurements of every organisation that have not ended. */
export function openMeasurements(sql: Sql): Promise<Pick<MeasurementRow, 'organization' | 'id'>[]> {
  return sql
    .selectFrom('gate_measurements')
    .select(['organization', 'id'])
    .where('ended_at', 'is', null)
    .execute();
}
