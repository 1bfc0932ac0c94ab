import { sql as raw } from 'kysely';
import type { Database } from '../../platform/db/open.ts';
import type { JobKey } from '../job-key.ts';
import { running } from '../job-status.ts';
import type { JobRow } from '../job-store.ts';
import type { Sample } from './sample-pairs.ts';

type Sql = Database['sql'];

/** Jobs of every organisation with something that is to be taken from them. */
export function jobsWithOutputs(sql: Sql): Promise<Pick<JobRow, 'organization' | 'id'>[]> {
  return sql
    .selectFrom('fine_tuning_jobs')
    .select(['organization', 'id'])
    .where('outputs_taken', '=', false)
    .where((is) => is.or([is('judge_samples', 'is not', null), is('import_preferences', '=', true)]))
    .where('status', 'in', [...running, 'completed'])
    .orderBy('id')
    .execute();
}

/** Samples of a job behind a position of its events, in order. */
export async function samplesAfter(
  sql: Sql,
  { organization, id }: JobKey,
  position: number,
  limit: number,
): Promise<{ position: number; sample: Sample }[]> {
  const rows = await sql
    .selectFrom('job_events')
    .select(['position', 'event'])
    .where('organization', '=', organization)
    .where('job_id', '=', id)
    .where(raw<boolean>`event->>'type' = 'sample'`)
    .where('position', '>', position)
    .orderBy('position')
    .limit(limit)
    .execute();
  return rows.flatMap(({ position: at, event }) =>
    event.type === 'sample' ? [{ position: at, sample: event }] : [],
  );
}

/** Remembers how far a job's samples were taken, and the project they went to. */
export async function rememberTaken(
  sql: Sql,
  { organization, id }: JobKey,
  taken: { samples_taken_to: number; judging_project: string } | { outputs_taken: true },
): Promise<void> {
  await sql
    .updateTable('fine_tuning_jobs')
    .set(taken)
    .where('organization', '=', organization)
    .where('id', '=', id)
    .execute();
}
