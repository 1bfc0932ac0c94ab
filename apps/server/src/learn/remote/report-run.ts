import { AttuneError, type ResponseOf, type RunEvent, type reportRun as route } from '@attune/contracts';
import type { Learn } from '../learn.ts';
import { concludeRun } from '../trainer/conclude-run.ts';
import { endingOf } from '../trainer/ending.ts';
import { limitCrossed } from '../trainer/run-limits.ts';
import { type Standing, storeRunEvents } from '../trainer/store-run-events.ts';
import type { RemoteAttempt } from './remote-attempt.ts';

type Answer = ResponseOf<typeof route>;

/**
 * Takes what an attempt says, and brings its job to its end when the last of the events tells one: a run keeps its last
 * word until its process is gone.
 * @throws AttuneError `artifact_not_found` when it names a file that has not arrived
 */
export async function reportRun(
  learn: Learn,
  attempt: RemoteAttempt,
  events: readonly RunEvent[],
): Promise<Answer> {
  await requireArtifacts(learn, events);
  const last = events.at(-1);
  const ending = endingOf(last);
  const speaker = { ...attempt, attachedBy: null };
  const before = ending === null ? events : events.slice(0, -1);
  const standing = await storeRunEvents(learn.platform, speaker, before);
  if (events.length > 0) await learn.bell.ring(attempt.id);
  if (standing.state === 'running') return await goOn(learn, standing.job, ending, last);
  if (standing.job !== null && ending !== null) {
    // It was cancelled, and this is how the run took it.
    return answerOf(await storeRunEvents(learn.platform, speaker, events), false);
  }
  return answerOf(standing, false);
}

async function goOn(
  learn: Learn,
  job: NonNullable<Standing['job']>,
  ending: ReturnType<typeof endingOf>,
  last: RunEvent | undefined,
): Promise<Answer> {
  const isNew = ending !== null && last !== undefined && last.sequence > job.last_sequence;
  const reason = isNew ? ending : await limitCrossed(learn, job);
  if (reason === null) return { last_sequence: job.last_sequence, goes_on: true };
  const sequence = isNew ? last.sequence : job.last_sequence;
  await concludeRun(learn, job, reason, sequence);
  return { last_sequence: sequence, goes_on: false };
}

async function requireArtifacts({ platform }: Learn, events: readonly RunEvent[]): Promise<void> {
  for (const event of events) {
    if (event.type === 'artifact' && !(await platform.blobs.has(event.sha256))) {
      throw new AttuneError('artifact_not_found', { message: `${event.name} has not been uploaded.` });
    }
  }
}

function answerOf({ job }: Standing, goesOn: boolean): Answer {
  return { last_sequence: job?.last_sequence ?? 0, goes_on: goesOn };
}
