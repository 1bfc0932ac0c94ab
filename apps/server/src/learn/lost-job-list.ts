import type { Database } from '../platform/db/open.ts';

/** A job that was lost and waits for somebody to resume it. */
export interface LostJob {
  readonly id: string;
  readonly modelName: string;
  readonly lostAt: Date;
  readonly message: string | null;
}

/** Jobs of an organisation that are lost and were so since a time, at most a hundred. */
export async function lostJobs(sql: Database['sql'], organization: string, since: Date): Promise<LostJob[]> {
  const rows = await sql
    .selectFrom('fine_tuning_jobs')
    .select(['id', 'model_name', 'completed_at', 'error_message'])
    .where('organization', '=', organization)
    .where('status', '=', 'lost')
    .where('completed_at', '>=', since)
    .orderBy('completed_at', 'desc')
    .limit(100)
    .execute();
  return rows.flatMap(({ id, model_name, completed_at, error_message }) =>
    completed_at === null
      ? []
      : [{ id, modelName: model_name, lostAt: completed_at, message: error_message }],
  );
}
