import { AttuneError } from '@attune/contracts';
import type { Blobs } from '../platform/blobs/blobs.ts';
import type { Caller } from '../platform/http/caller.ts';
import type { FeedbackObserver } from './feedback-observer.ts';
import { mine } from './mine.ts';
import type { FeedbackRow, Sql } from './store/feedback-row.ts';
import { ownFeedbackById } from './store/own-feedback.ts';
import { isAudioUsed } from './store/voice.ts';
import { deleteFeedback } from './store/write-feedback.ts';
import { voiceIn } from './voice/voice-value.ts';

export interface RemoveNeeds {
  readonly sql: Sql;
  readonly blobs: Blobs;
  readonly observer: FeedbackObserver;
}

/**
 * Deletes a feedback with its history and its recording. Data sets that were frozen with it keep their rows; lineage
 * tells which they are.
 * @throws AttuneError `feedback_not_found`
 */
export async function removeFeedback(needs: RemoveNeeds, organization: string, id: string): Promise<void> {
  const { sql, observer } = needs;
  const deleted = await sql
    .transaction()
    .execute((transaction) => deleteFeedback(transaction, organization, id));
  if (deleted === undefined) throw new AttuneError('feedback_not_found', { param: 'id' });
  observer.changed(organization, [deleted.reward_model]);
  await removeRecording(needs, deleted);
}

/** Deletes a feedback of the caller's own. @throws AttuneError `feedback_not_found` also for somebody else's */
export async function takeBack(needs: RemoveNeeds, caller: Caller, id: string): Promise<void> {
  const row = await ownFeedbackById(needs.sql, caller.organization, mine(caller, undefined), id);
  if (row === undefined) throw new AttuneError('feedback_not_found', { param: 'id' });
  await removeFeedback(needs, caller.organization, row.id);
}

/** The same bytes may belong to another feedback: they are kept once. */
async function removeRecording({ sql, blobs }: RemoveNeeds, row: FeedbackRow): Promise<void> {
  const sha256 = voiceIn(row)?.audio.sha256;
  if (sha256 !== undefined && !(await isAudioUsed(sql, sha256))) await blobs.delete(sha256);
}
