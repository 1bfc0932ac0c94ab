import type { Database } from '../../platform/db/open.ts';
import { unfinished } from '../job-status.ts';
import type { JobRow } from '../job-store.ts';

type Sql = Database['sql'];

/** The limit that holds in a month: the newest that was set for it or before. */
export async function limitIn(sql: Sql, organization: string, month: string): Promise<number | null> {
  const row = await sql
    .selectFrom('budgets')
    .select('most')
    .where('organization', '=', organization)
    .where('month', '<=', month)
    .orderBy('month', 'desc')
    .executeTakeFirst();
  return row?.most ?? null;
}

export async function putLimit(
  sql: Sql,
  row: { organization: string; month: string; most: number | null },
): Promise<void> {
  await sql
    .insertInto('budgets')
    .values(row)
    .onConflict((same) => same.columns(['organization', 'month']).doUpdateSet({ most: row.most }))
    .execute();
}

/** What runs of the trainer cost that ended in a span of time. */
export async function spentBetween(sql: Sql, organization: string, from: Date, to: Date): Promise<number> {
  const row = await sql
    .selectFrom('fine_tuning_jobs')
    .select((pick) => pick.fn.sum<number | null>('actual_cost').as('cost'))
    .where('organization', '=', organization)
    .where('provider', '=', 'custom')
    .where('status', 'not in', unfinished)
    .where('completed_at', '>=', from)
    .where('completed_at', '<', to)
    .executeTakeFirstOrThrow();
  return Number(row.cost ?? 0);
}

/** What all runs of the trainer that ended have cost, in every organisation. */
export async function spentEver(sql: Sql): Promise<number> {
  const row = await sql
    .selectFrom('fine_tuning_jobs')
    .select((pick) => pick.fn.sum<number | null>('actual_cost').as('cost'))
    .where('provider', '=', 'custom')
    .where('status', 'not in', unfinished)
    .executeTakeFirstOrThrow();
  return Number(row.cost ?? 0);
}

/** Runs of the trainer that wait or run. */
export function unfinishedRuns(sql: Sql, organization: string): Promise<JobRow[]> {
  return sql
    .selectFrom('fine_tuning_jobs')
    .selectAll()
    .where('organization', '=', organization)
    .where('provider', '=', 'custom')
    .where('status', 'in', unfinished)
    .execute();
}

/** Hours that the newest completed runs of the same kind took. */
export async function hoursOfRunsLike(
  sql: Sql,
  run: { organization: string; recipe: JobRow['recipe']; base_model: string },
  most: number,
): Promise<number[]> {
  const rows = await sql
    .selectFrom('fine_tuning_jobs')
    .select('hours_before')
    .where('organization', '=', run.organization)
    .where('recipe', '=', run.recipe)
    .where('base_model', '=', run.base_model)
    .where('status', '=', 'completed')
    .orderBy('id', 'desc')
    .limit(most)
    .execute();
  return rows.map(({ hours_before }) => hours_before);
}
