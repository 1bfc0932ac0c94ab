import type { JobEvent, JobProvider, JobRecipe, JobStatus } from '@attune/contracts';
import type { Insertable, Selectable, Updateable } from 'kysely';
import type { Database } from '../platform/db/open.ts';
import type { Tables } from '../platform/db/tables.ts';
import { appendEvents } from './event-store.ts';
import type { JobKey } from './job-key.ts';

type Sql = Database['sql'];
export type JobRow = Selectable<Tables['fine_tuning_jobs']>;

/** Which jobs a change is for; `run` is the attempt that may still speak for the job. */
export interface JobMatch extends JobKey {
  from: readonly JobStatus[];
  run?: string | undefined;
}

export async function insertJob(
  sql: Sql,
  row: Insertable<Tables['fine_tuning_jobs']>,
  events: readonly JobEvent[],
): Promise<JobRow> {
  return await sql.transaction().execute(async (tx) => {
    const job = await tx.insertInto('fine_tuning_jobs').values(row).returningAll().executeTakeFirstOrThrow();
    await appendEvents(tx, job, events);
    return job;
  });
}

export function findJob(sql: Sql, { organization, id }: JobKey): Promise<JobRow | undefined> {
  return sql
    .selectFrom('fine_tuning_jobs')
    .selectAll()
    .where('organization', '=', organization)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** The job that a model came from. */
export function jobThatMade(sql: Sql, organization: string, modelId: string): Promise<JobRow | undefined> {
  return sql
    .selectFrom('fine_tuning_jobs')
    .selectAll()
    .where('organization', '=', organization)
    .where('resulting_model_id', '=', modelId)
    .executeTakeFirst();
}

export function listJobs(
  sql: Sql,
  organization: string,
  filter: {
    status?: JobStatus | undefined;
    provider?: JobProvider | undefined;
    recipe?: JobRecipe | undefined;
    before: string | undefined;
    limit: number;
  },
): Promise<JobRow[]> {
  let rows = sql.selectFrom('fine_tuning_jobs').selectAll().where('organization', '=', organization);
  if (filter.status !== undefined) rows = rows.where('status', '=', filter.status);
  if (filter.provider !== undefined) rows = rows.where('provider', '=', filter.provider);
  if (filter.recipe !== undefined) rows = rows.where('recipe', '=', filter.recipe);
  if (filter.before !== undefined) rows = rows.where('id', '<', filter.before);
  return rows.orderBy('id', 'desc').limit(filter.limit).execute();
}

/** Jobs of every organisation that wait for a runner of a kind, the oldest first. */
export function pendingJobs(sql: Sql, runner: JobRow['runner']): Promise<JobRow[]> {
  return sql
    .selectFrom('fine_tuning_jobs')
    .selectAll()
    .where('status', '=', 'pending')
    .where('runner', '=', runner)
    .orderBy('id')
    .execute();
}

export async function countPending(sql: Sql, organization: string): Promise<number> {
  const row = await sql
    .selectFrom('fine_tuning_jobs')
    .select((pick) => pick.fn.countAll<number>().as('jobs'))
    .where('organization', '=', organization)
    .where('status', '=', 'pending')
    .executeTakeFirstOrThrow();
  return Number(row.jobs);
}

/**
 * Changes a job and appends its events, together, if it is still in one of the expected states (and of the expected
 * run); undefined if not. The row's lock keeps the events of one job in order whoever writes them.
 */
export async function changeJob(
  sql: Sql,
  match: JobMatch,
  change: Updateable<Tables['fine_tuning_jobs']>,
  events: readonly JobEvent[],
): Promise<JobRow | undefined> {
  return await sql.transaction().execute(async (tx) => {
    let rows = tx
      .updateTable('fine_tuning_jobs')
      .set(change)
      .where('organization', '=', match.organization)
      .where('id', '=', match.id)
      .where('status', 'in', match.from);
    if (match.run !== undefined) rows = rows.where('job_id', '=', match.run);
    const job = await rows.returningAll().executeTakeFirst();
    if (job !== undefined) await appendEvents(tx, job, events);
    return job;
  });
}

/** Running jobs whose runner, of that kind, has not been heard of since `before`. */
export function silentJobs(sql: Sql, runner: JobRow['runner'], before: Date): Promise<JobRow[]> {
  return sql
    .selectFrom('fine_tuning_jobs')
    .selectAll()
    .where('runner', '=', runner)
    .where('status', 'in', ['validating', 'training'])
    .where('heartbeat_at', '<', before)
    .execute();
}
