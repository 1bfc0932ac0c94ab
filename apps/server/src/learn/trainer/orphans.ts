import { hostname } from 'node:os';
import type { JobStatus } from '@attune/contracts';
import type { Database } from '../../platform/db/open.ts';
import { running } from '../job-status.ts';
import type { JobRow } from '../job-store.ts';
import type { LearnPlatform } from '../learn.ts';

type Sql = Database['sql'];

/** A server says every two seconds that it reads a run; one that has not for so long has gone. */
const STALE_MS = 10_000;
/** When nobody on a run's own machine has taken it up for so long, the machine has gone too. */
const MACHINE_GONE_MS = 60_000;

/** Name of a reader in a job: its machine, and the server process on it; `released` is a reader that left on purpose. */
export function readerName(process: string): string {
  return `${hostname()}/${process}`;
}
const released = readerName('');

/** A job that was cancelled may have a process that nobody has ended yet: its reader is then still named. */
const withProcess: readonly JobStatus[] = [...running, 'cancelled'];

/** Jobs of local runs that some server reads, or read. */
export function jobsWithReaders(sql: Sql): Promise<JobRow[]> {
  return sql
    .selectFrom('fine_tuning_jobs')
    .selectAll()
    .where('runner', '=', 'local')
    .where('status', 'in', withProcess)
    .where('attached_by', 'is not', null)
    .execute();
}

/** Whose turn it is with a run whose reader may be gone. */
export function turnOf(
  job: JobRow,
  reader: string,
  { clock, database }: Pick<LearnPlatform, 'clock' | 'database'>,
): 'mine' | 'nobodys' | 'not yet' {
  // Let go of, when its end could not be written.
  if (job.attached_by === reader) return 'mine';
  const age = clock.now().getTime() - (job.attached_at?.getTime() ?? 0);
  const isHere = job.attached_by?.startsWith(released) === true;
  if (!isHere) return age > MACHINE_GONE_MS ? 'nobodys' : 'not yet';
  // An embedded database belongs to one process: whoever read before is gone.
  const isFree = job.attached_by === released || age > STALE_MS || database.kind === 'pglite';
  return isFree ? 'mine' : 'not yet';
}

/** Takes a run over if nobody else has meanwhile. */
export async function takeOver(
  sql: Sql,
  job: JobRow,
  reader: string,
  now: Date,
): Promise<JobRow | undefined> {
  return await sql
    .updateTable('fine_tuning_jobs')
    .set({ attached_by: reader, attached_at: now })
    .where('id', '=', job.id)
    .where('status', 'in', withProcess)
    .where('attached_by', '=', job.attached_by)
    .where('attached_at', '=', job.attached_at)
    .returningAll()
    .executeTakeFirst();
}

/** Leaves runs to whoever starts next on this machine. */
export async function release(sql: Sql, reader: string): Promise<void> {
  await sql
    .updateTable('fine_tuning_jobs')
    .set({ attached_by: released })
    .where('attached_by', '=', reader)
    .execute();
}

/** Says that no process of the job is left. */
export async function detach(sql: Sql, { id, job_id }: Pick<JobRow, 'id' | 'job_id'>): Promise<void> {
  await sql
    .updateTable('fine_tuning_jobs')
    .set({ attached_by: null })
    .where('id', '=', id)
    .where('job_id', '=', job_id)
    .execute();
}
