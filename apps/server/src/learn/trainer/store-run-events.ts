import type { JobEvent, RunEvent } from '@attune/contracts';
import { putArtifacts } from '../artifact-store.ts';
import { appendEvents } from '../event-store.ts';
import type { JobKey } from '../job-key.ts';
import { running } from '../job-status.ts';
import type { JobRow } from '../job-store.ts';
import type { LearnPlatform } from '../learn.ts';
import { appliedEvents } from './applied-events.ts';

/** Who brings events: the attempt they belong to, and the server process that reads them where one does. */
export interface Speaker extends JobKey {
  readonly run: string;
  readonly attachedBy: string | null;
}

/**
 * Whether the job is still this attempt's: `ended` when it was cancelled or has ended otherwise, `replaced` when
 * another attempt speaks for it, `released` when another server process reads this attempt.
 */
export type Standing =
  | { job: JobRow; state: 'running' | 'ended' }
  | { job: null; state: 'replaced' | 'released' };

/**
 * Stores what a trainer said, each event once however often it is brought, in one transaction with what it makes of the
 * job. With no events it is a sign that somebody still reads. `notes` are the reader's own words.
 */
export async function storeRunEvents(
  { database, clock }: Pick<LearnPlatform, 'database' | 'clock'>,
  speaker: Speaker,
  events: readonly RunEvent[],
  notes: readonly string[] = [],
): Promise<Standing> {
  return await database.sql.transaction().execute(async (tx): Promise<Standing> => {
    const row = tx
      .selectFrom('fine_tuning_jobs')
      .selectAll()
      .where('organization', '=', speaker.organization)
      .where('id', '=', speaker.id)
      .forUpdate();
    const job = await row.executeTakeFirst();
    if (job === undefined || job.job_id !== speaker.run) return { job: null, state: 'replaced' };
    if (job.attached_by !== speaker.attachedBy) return { job: null, state: 'released' };
    const now = clock.now();
    const fresh = events.filter(({ sequence }) => sequence > job.last_sequence);
    const { change, told } = appliedEvents(job, fresh);
    const said = notes.map(
      (message): JobEvent => ({ type: 'log', at: now.toISOString(), level: 'warning', message }),
    );
    const alive = fresh.length > 0 ? { heartbeat_at: now } : {};
    const changed = await tx
      .updateTable('fine_tuning_jobs')
      .set({ ...change, ...alive, attached_at: now })
      .where('id', '=', job.id)
      .returningAll()
      .executeTakeFirstOrThrow();
    await appendEvents(tx, job, [...told, ...said]);
    const artifacts = fresh.filter((event) => event.type === 'artifact');
    const owner = { job_id: job.id, organization: job.organization };
    await putArtifacts(
      tx,
      artifacts.map(({ name, path, kind, sha256, bytes }) => ({ ...owner, name, path, kind, sha256, bytes })),
    );
    return { job: changed, state: running.includes(changed.status) ? 'running' : 'ended' };
  });
}
