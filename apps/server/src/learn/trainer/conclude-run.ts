import { AttuneError, type JobEvent, type JobStatus } from '@attune/contracts';
import { storableJson } from '../../platform/db/storable.ts';
import { running } from '../job-status.ts';
import { changeJob, type JobRow } from '../job-store.ts';
import type { Learn } from '../learn.ts';
import type { Unstamped } from '../run-voice.ts';
import { hoursOf } from './cost.ts';
import type { Ending } from './ending.ts';
import { endingOfFailure } from './ending-of-failure.ts';
import { isNoBetterThanBase, NO_BETTER_THAN_BASE, registerRun } from './register-run.ts';

/**
 * Brings an attempt of a run to its end: registers what it made, or says what became of it. Where the job is no longer
 * the attempt's (it was cancelled at the last moment), nothing is written.
 * @param lastSequence of the event that told the end, where one did
 */
export async function concludeRun(
  learn: Learn,
  job: JobRow,
  ending: Ending,
  lastSequence = job.last_sequence,
): Promise<void> {
  const { status, columns, told } = await outcomeOf(learn, job, ending);
  const now = learn.platform.clock.now();
  const events: Unstamped[] = [{ type: 'status', status }, ...told];
  const match = { ...job, from: running, run: job.job_id ?? undefined };
  const hours = hoursOf(job, now);
  const change = {
    ...columns,
    status,
    completed_at: now,
    seconds_left: null,
    last_sequence: lastSequence,
    hours_before: hours,
    actual_cost: hours * learn.needs.trainer.hourlyCost,
    attached_by: null,
  };
  const stamped = events.map((event): JobEvent => ({ ...event, at: now.toISOString() }));
  const ended = await changeJob(learn.platform.database.sql, match, change, stamped);
  if (ended === undefined) return;
  learn.platform.log.info(
    { job: job.id, organization: job.organization, status },
    'a run of the trainer ended',
  );
  await learn.bell.ring(job.id);
}

interface Outcome {
  status: JobStatus;
  columns: Parameters<typeof changeJob>[2];
  told: Unstamped[];
}

/** The model, or why there cannot be one; a database that is away is thrown, to be tried again. */
async function registered(
  learn: Learn,
  job: JobRow,
  report: Record<string, unknown>,
): Promise<string | null | AttuneError> {
  try {
    return await registerRun(learn, job, report);
  } catch (error) {
    if (error instanceof AttuneError && error.code !== 'database_unavailable') return error;
    throw error;
  }
}

async function outcomeOf(learn: Learn, job: JobRow, ending: Ending): Promise<Outcome> {
  switch (ending.kind) {
    case 'done': {
      const model = await registered(learn, job, ending.report);
      if (model instanceof AttuneError) return await outcomeOf(learn, job, endingOfFailure(model));
      const columns = {
        resulting_model_id: model,
        training_metrics: storableJson(ending.report),
        progress: 1,
      };
      const why: Unstamped[] = isNoBetterThanBase(ending.report)
        ? [{ type: 'log', level: 'warning', message: NO_BETTER_THAN_BASE }]
        : [];
      return { status: 'completed', columns, told: [...why, { type: 'done', model_id: model }] };
    }
    case 'failed': {
      const { code, message } = ending;
      const columns = { failure_code: code, error_message: message };
      return { status: 'failed', columns, told: [{ type: 'failed', code, message }] };
    }
    case 'stopped': {
      const message =
        'The run was told to stop from outside; resume the job: it goes on from its checkpoint.';
      return { status: 'cancelled', columns: { error_message: message }, told: [{ type: 'log', message }] };
    }
    case 'lost': {
      const { message } = ending;
      const columns = { error_message: message };
      return { status: 'lost', columns, told: [{ type: 'log', level: 'error', message }] };
    }
  }
}
