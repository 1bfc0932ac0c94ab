import type { Evaluation } from '@attune/contracts';
import { type Insertable, sql as raw } from 'kysely';
import type { Database } from '../platform/db/open.ts';
import type { Tables } from '../platform/db/tables.ts';

type Sql = Database['sql'];

export async function insertEvaluation(sql: Sql, row: Insertable<Tables['evaluations']>): Promise<void> {
  await sql.insertInto('evaluations').values(row).execute();
}

/** Evaluations of an organisation by their ids. */
export async function evaluationsById(
  sql: Sql,
  organization: string,
  ids: readonly string[],
): Promise<Map<string, Evaluation>> {
  const rows = await sql
    .selectFrom('evaluations')
    .selectAll()
    .where('organization', '=', organization)
    .where(raw<boolean>`id = ANY(${[...ids]}::uuid[])`)
    .execute();
  return new Map(
    rows.map(({ id, model_id, data_hash, excluded_training_queries, metrics, created_at }) => [
      id,
      { id, model_id, data_hash, excluded_training_queries, metrics, created_at: created_at.toISOString() },
    ]),
  );
}
