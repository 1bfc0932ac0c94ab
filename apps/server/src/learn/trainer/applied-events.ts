import type { JobEvent, RunEvent } from '@attune/contracts';
import type { Updateable } from 'kysely';
import type { Tables } from '../../platform/db/tables.ts';
import { running } from '../job-status.ts';
import type { JobRow } from '../job-store.ts';

/** Signs of life come every two seconds; of what they say, so much is kept for later. */
const KEPT_EVERY_MS = 10_000;

export interface Applied {
  change: Updateable<Tables['fine_tuning_jobs']>;
  told: JobEvent[];
}

/**
 * What events of a trainer make of its job, and what its watchers hear. A job that is not running any more only
 * remembers: it was cancelled, and a last checkpoint came after.
 */
export function appliedEvents(job: JobRow, events: readonly RunEvent[]): Applied {
  const isRunning = running.includes(job.status);
  const change: Applied['change'] = {};
  const told: JobEvent[] = [];
  const metrics = { ...job.latest_metrics };
  let { resources } = job;
  for (const { sequence, ...event } of events) {
    switch (event.type) {
      case 'started':
        if (isRunning) {
          change.status = 'training';
          told.push({ type: 'status', at: event.at, status: 'training' });
        }
        told.push(event);
        break;
      case 'progress': {
        const { share: progress, stage, seconds_left } = event;
        if (isRunning) Object.assign(change, { progress, stage, seconds_left });
        const last = told.at(-1);
        // Of the progress of one stage only the newest matters to whoever reads it later.
        if (last?.type === 'progress' && last.stage === stage) told.pop();
        told.push(event);
        break;
      }
      case 'metrics':
        Object.assign(metrics, event.values);
        change.latest_metrics = JSON.stringify(metrics);
        change.latest_step = event.step;
        told.push(event);
        break;
      case 'checkpoint':
        change.checkpoint_step = event.step;
        told.push(event);
        break;
      case 'resources': {
        const { type, ...taken } = event;
        change.resources = JSON.stringify(taken);
        if (period(event.at) !== period(resources?.at)) told.push(event);
        resources = taken;
        break;
      }
      case 'artifact': {
        const { type, at, name, sha256, bytes } = event;
        told.push({ type, at, name, sha256, bytes });
        break;
      }
      // An earlier attempt's end, read after the next began: what it led to is told already.
      case 'done':
        break;
      default:
        told.push(event);
    }
  }
  const last = events.at(-1);
  if (last !== undefined) change.last_sequence = last.sequence;
  return { change, told };
}

function period(at: string | undefined): number | null {
  return at === undefined ? null : Math.floor(Date.parse(at) / KEPT_EVERY_MS);
}
