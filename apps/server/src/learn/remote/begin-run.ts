import { AttuneError, type beginRemoteRun, type ResponseOf } from '@attune/contracts';
import { hasEnded } from '../job-status.ts';
import { findJob } from '../job-store.ts';
import type { Learn } from '../learn.ts';
import type { Snapshot } from '../needs.ts';
import { specOf } from '../trainer/run-folder.ts';
import type { RemoteAttempt } from './remote-attempt.ts';

/**
 * Tells an attempt what it is to do. Where its folder knows less than the server, as on a machine that is new to the
 * run, the count of events goes on from what the folder knows.
 * @throws AttuneError `job_not_found`, `dataset_not_found`
 */
export async function beginRun(
  learn: Learn,
  attempt: RemoteAttempt,
  lastSequence: number,
): Promise<ResponseOf<typeof beginRemoteRun>> {
  const { sql } = learn.platform.database;
  const known = await findJob(sql, attempt);
  if (known === undefined) throw new AttuneError('job_not_found');
  const dataset = await dataOf(learn, attempt);
  const job = await sql
    .updateTable('fine_tuning_jobs')
    .set((row) => ({
      last_sequence: row.fn<number>('least', ['last_sequence', row.val(lastSequence)]),
      ...(lastSequence === 0 ? { checkpoint_step: null } : {}),
      heartbeat_at: learn.platform.clock.now(),
    }))
    .where('organization', '=', attempt.organization)
    .where('id', '=', attempt.id)
    .where('job_id', '=', attempt.run)
    .returningAll()
    .executeTakeFirst();
  return {
    spec: specOf(known, dataset, known.base_model),
    last_sequence: job?.last_sequence ?? known.last_sequence,
    goes_on: job !== undefined && !hasEnded(job.status),
  };
}

/**
 * The rows that an attempt learns from.
 * @throws AttuneError `job_not_found`, `dataset_not_found`
 */
export async function dataOf({ needs, platform }: Learn, attempt: RemoteAttempt): Promise<Snapshot> {
  const job = await findJob(platform.database.sql, attempt);
  if (job === undefined) throw new AttuneError('job_not_found');
  const dataset = await needs.datasets.snapshot(job.organization, job.dataset_id);
  if (dataset === null) throw new AttuneError('dataset_not_found');
  return dataset;
}
