import { AttuneError, audioTypes, type Feedback, type VoiceValue } from '@attune/contracts';
import type { Blobs } from '../../platform/blobs/blobs.ts';
import { storable } from '../../platform/db/storable.ts';
import type { Caller } from '../../platform/http/caller.ts';
import { newId } from '../../platform/ids.ts';
import { toFeedback } from '../feedback-view.ts';
import { type GiveFeedbackNeeds, requireRate, speakingOf } from '../give-feedback.ts';
import { recordFeedback } from '../record-feedback.ts';
import { aboutPart } from '../said.ts';
import { audioTypeOf } from './audio-type.ts';
import type { Transcription } from './transcription.ts';

export interface GiveVoiceNeeds extends GiveFeedbackNeeds {
  readonly blobs: Blobs;
  readonly transcription: Transcription;
}

interface Recording {
  readonly response_id: string;
  readonly duration_ms: number;
  readonly user_id?: string | undefined;
}

/**
 * Takes in a spoken reaction to an answer: each recording is a feedback of its own. When it returns, the recording is
 * durable; its text follows where a transcription is configured.
 * @throws AttuneError `response_not_found`, `forbidden`, `rate_limited`, `unsupported_media_type`
 */
export async function giveVoice(
  needs: GiveVoiceNeeds,
  caller: Caller,
  recording: Recording,
  file: Blob,
): Promise<Feedback> {
  const { blobs, transcription } = needs;
  const speaking = await speakingOf(needs, caller, recording.response_id, storable(recording.user_id));
  await requireRate(needs, speaking, 'feedback');
  const bytes = await file.bytes();
  const media_type = audioTypeOf(bytes);
  if (media_type === null) {
    const message = `The recording is none of ${audioTypes.join(', ')}, whatever its \`content-type\` says.`;
    throw new AttuneError('unsupported_media_type', { message });
  }
  const sha256 = await blobs.put(bytes);
  const value: VoiceValue = {
    audio: { sha256, media_type, bytes: bytes.byteLength, duration_ms: recording.duration_ms },
    transcript: { status: transcription.configured ? 'pending' : 'none' },
  };
  const remark = { target: `voice:${newId()}`, type: 'voice', value, comment: null, tags: [] } as const;
  const row = await recordFeedback(needs, speaking, aboutPart(remark));
  // Somebody may have deleted another feedback with the same bytes in between.
  if (!(await blobs.has(sha256))) await blobs.put(bytes);
  if (transcription.configured) await transcription.request(row);
  return toFeedback(row);
}
