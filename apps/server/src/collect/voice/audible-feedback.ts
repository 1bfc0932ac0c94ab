import { AttuneError, atLeast, type VoiceValue } from '@attune/contracts';
import type { Caller } from '../../platform/http/caller.ts';
import { mine } from '../mine.ts';
import type { FeedbackRow, Sql } from '../store/feedback-row.ts';
import { ownFeedbackById } from '../store/own-feedback.ts';
import { feedbackById } from '../store/voice.ts';
import { voiceIn } from './voice-value.ts';

/**
 * A feedback with its recording: one's own, or anybody's for curators.
 * @throws AttuneError `feedback_not_found` also for feedback without a recording
 */
export async function audibleFeedback(
  sql: Sql,
  caller: Caller,
  id: string,
): Promise<{ row: FeedbackRow; voice: VoiceValue }> {
  const row = await audible(sql, caller, id);
  const voice = row && voiceIn(row);
  if (!voice) throw new AttuneError('feedback_not_found', { param: 'id' });
  return { row, voice };
}

function audible(sql: Sql, caller: Caller, id: string): Promise<FeedbackRow | undefined> {
  const curator = caller.kind !== 'feedback_token' && atLeast(caller.role, 'curator');
  if (curator) return feedbackById(sql, caller.organization, id);
  return ownFeedbackById(sql, caller.organization, mine(caller, undefined), id);
}
