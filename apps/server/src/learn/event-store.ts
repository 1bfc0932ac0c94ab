import type { JobEvent } from '@attune/contracts';
import { sql as raw } from 'kysely';
import type { Database } from '../platform/db/open.ts';
import { storableJson } from '../platform/db/storable.ts';
import type { JobKey } from './job-key.ts';

type Sql = Database['sql'];

export async function appendEvents(sql: Sql, job: JobKey, events: readonly JobEvent[]): Promise<void> {
  if (events.length === 0) return;
  const rows = events.map((event) => ({
    organization: job.organization,
    job_id: job.id,
    event: storableJson(event),
  }));
  await sql.insertInto('job_events').values(rows).execute();
}

/** Events of a job behind a position, in order. */
export function eventsAfter(
  sql: Sql,
  job: JobKey,
  position: number,
  limit: number,
): Promise<{ position: number; event: JobEvent }[]> {
  return sql
    .selectFrom('job_events')
    .select(['position', 'event'])
    .where('organization', '=', job.organization)
    .where('job_id', '=', job.id)
    .where('position', '>', position)
    .orderBy('position')
    .limit(limit)
    .execute();
}

/** How often a job was lost. */
export async function countLosses(sql: Sql, job: JobKey): Promise<number> {
  const row = await sql
    .selectFrom('job_events')
    .select((pick) => pick.fn.countAll<number>().as('losses'))
    .where('organization', '=', job.organization)
    .where('job_id', '=', job.id)
    .where(raw`event->>'status'`, '=', 'lost')
    .executeTakeFirstOrThrow();
  return Number(row.losses);
}
