import { VoiceValue } from '@attune/contracts';
import type { FeedbackRow } from '../store/feedback-row.ts';

/** The recording of a spoken feedback; null for one that has none, as older ones. */
export function voiceIn(row: Pick<FeedbackRow, 'feedback_type' | 'feedback_value'>): VoiceValue | null {
  if (row.feedback_type !== 'voice') return null;
  return VoiceValue.safeParse(row.feedback_value).data ?? null;
}
