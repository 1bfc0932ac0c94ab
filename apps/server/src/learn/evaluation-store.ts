import type { Insertable } from 'kysely';
import type { Database } from '../platform/db/open.ts';
import type { Tables } from '../platform/db/tables.ts';

type Sql = Database['sql'];

export async function insertEvaluation(sql: Sql, row: Insertable<Tables['evaluations']>): Promise<void> {
  await sql.insertInto('evaluations').values(row).execute();
}
