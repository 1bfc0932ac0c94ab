import { applyBatch } from './apply.ts';
import { lockDecision, setState } from './decision-store.ts';
import { restoreBatch } from './restore.ts';
import type { ReviewParts } from './review.ts';

/** The job that carries out, or takes back, decisions about many items. */
export const BULK_JOB = 'curate.review';

/** Retries after the first attempt, before a decision counts as failed. */
export const BULK_RETRIES = 3;

type Progress = 'more' | 'finished';

/** Goes on with a decision, batch after batch, until nothing is left. Can be run again at any time. */
export async function continueDecision(
  parts: ReviewParts,
  { id, attempt, signal }: { id: string; attempt: number; signal: AbortSignal },
): Promise<void> {
  try {
    while ((await nextBatch(parts, id)) === 'more') signal.throwIfAborted();
  } catch (error) {
    if (!signal.aborted && attempt > BULK_RETRIES) await giveUp(parts, id);
    throw error;
  }
}

/** One transaction a batch, so that nobody waits for all of them. */
async function nextBatch(parts: ReviewParts, id: string): Promise<Progress> {
  const { db, clock, changed } = parts;
  return db.transaction().execute(async (transaction): Promise<Progress> => {
    const row = await lockDecision(transaction, id);
    if (row?.state !== 'running' && row?.state !== 'undoing') return 'finished';
    const batch = row.state === 'running' ? applyBatch : restoreBatch;
    const { row: after } = await batch(transaction, row, clock.now());
    changed(row.organization);
    return after.state === row.state ? 'more' : 'finished';
  });
}

async function giveUp({ db }: ReviewParts, id: string): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const row = await lockDecision(transaction, id);
    if (row?.state === 'running') await setState(transaction, id, 'failed');
  });
}
