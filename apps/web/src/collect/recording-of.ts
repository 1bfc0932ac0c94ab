import { api } from '../shell/api.ts';

/** The sound of a spoken feedback. */
export function recordingOf(id: string): Promise<Uint8Array> {
  return api.playFeedbackAudio({ params: { id } });
}
