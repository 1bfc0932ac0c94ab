import type { Feedback } from '@attune/contracts';
import type { Caller } from '../../platform/http/caller.ts';
import { toFeedback } from '../feedback-view.ts';
import { requireRate } from '../give-feedback.ts';
import { askForTranscript } from '../store/voice.ts';
import { audibleFeedback } from './audible-feedback.ts';
import type { GiveVoiceNeeds } from './give-voice.ts';

/**
 * Asks again for the text of a recording that has none. One that has its text, or waits for it, stays as it is; where
 * nobody transcribes any more, it is kept as audio.
 * @throws AttuneError `feedback_not_found`, `rate_limited`
 */
export async function transcribeAgain(needs: GiveVoiceNeeds, caller: Caller, id: string): Promise<Feedback> {
  const { sql, transcription } = needs;
  const { row } = await audibleFeedback(sql, caller, id);
  // Each try costs as much as a recording does.
  await requireRate(needs, { caller, person: { person: caller.principal, userId: null } }, 'feedback');
  const status = transcription.configured ? 'pending' : 'none';
  const asked = await askForTranscript(sql, caller.organization, id, status);
  if (asked !== undefined && transcription.configured) await transcription.request(asked);
  return toFeedback(asked ?? row);
}
