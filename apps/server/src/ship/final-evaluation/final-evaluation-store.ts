import type { Insertable, Selectable } from 'kysely';
import type { Database } from '../../platform/db/open.ts';
import type { Tables } from '../../platform/db/tables.ts';

type Sql = Database['sql'];
export type FinalEvaluationRow = Selectable<Tables['final_evaluations']>;

export async function insertFinalEvaluation(
  sql: Sql,
  row: Insertable<Tables['final_evaluations']>,
): Promise<FinalEvaluationRow> {
  return await sql.insertInto('final_evaluations').values(row).returningAll().executeTakeFirstOrThrow();
}

export function newestFinalEvaluation(
  sql: Sql,
  organization: string,
  modelId: string,
): Promise<FinalEvaluationRow | undefined> {
  return sql
    .selectFrom('final_evaluations')
    .selectAll()
    .where('organization', '=', organization)
    .where('model_id', '=', modelId)
    .orderBy('id', 'desc')
    .executeTakeFirst();
}
