import type { AudioType } from '@attune/contracts';
import { z } from 'zod';
import { storableText } from '../../platform/db/storable.ts';

/**
 * Gives the text of a recording.
 * @throws Untranscribable when asking again is of no use, else what went wrong
 */
export type Transcriber = (bytes: Uint8Array, type: AudioType, signal: AbortSignal) => Promise<string>;

/** The endpoint refuses the recording, or the key. */
export class Untranscribable extends Error {
  override readonly name = 'Untranscribable';
}

export interface TranscriptionEndpoint {
  /** Base URL up to and including the version, as `https://api.openai.com/v1`. */
  readonly url: string;
  readonly key: string | undefined;
  readonly model: string;
}

const Transcript = z.object({ text: z.string() });
/** Endpoints go by the name's ending. */
const endings: Readonly<Record<AudioType, string>> = {
  'audio/webm': 'webm',
  'audio/ogg': 'ogg',
  'audio/mp4': 'm4a',
  'audio/wav': 'wav',
  'audio/mpeg': 'mp3',
};
/** Statuses after which the same request can succeed. */
const passing: ReadonlySet<number> = new Set([408, 409, 425, 429]);
const LONGEST_TEXT = 100_000;

/** Transcribes with an OpenAI-compatible endpoint (`POST /audio/transcriptions`). */
export function openAiTranscriber({ url, key, model }: TranscriptionEndpoint): Transcriber {
  const base = new URL(url);
  base.pathname = `${base.pathname.replace(/\/+$/, '')}/audio/transcriptions`;
  const headers: Record<string, string> = key === undefined ? {} : { authorization: `Bearer ${key}` };
  return async (bytes, type, signal) => {
    const body = new FormData();
    body.set('file', new File([Buffer.from(bytes)], `note.${endings[type]}`, { type }));
    body.set('model', model);
    body.set('response_format', 'json');
    const response = await fetch(base, { method: 'POST', headers, body, signal });
    if (!response.ok) {
      const said = (await response.text()).slice(0, 500);
      const message = `The transcription endpoint answered ${response.status}: ${said}`;
      throw response.status < 500 && !passing.has(response.status)
        ? new Untranscribable(message)
        : new Error(message);
    }
    return storableText(Transcript.parse(await response.json()).text.trim()).slice(0, LONGEST_TEXT);
  };
}
