import { z } from 'zod';
import type { Blobs } from '../../platform/blobs/blobs.ts';
import type { Log } from '../../platform/log.ts';
import type { Queue } from '../../platform/queue/queue.ts';
import type { Sql } from '../store/feedback-row.ts';
import { feedbackById, keepTranscript, untranscribed } from '../store/voice.ts';
import { type Transcriber, Untranscribable } from './transcriber.ts';
import { voiceIn } from './voice-value.ts';

/** Turns recordings into text in the background. */
export interface Transcription {
  /** Whether there is somebody who transcribes. */
  readonly configured: boolean;
  /** Asks for the text of a recording. It comes later; a request that gets lost is made again at the next start. */
  request(feedback: { readonly organization: string; readonly id: string }): Promise<void>;
  start(): Promise<void>;
}

export interface TranscriptionNeeds {
  readonly sql: Sql;
  readonly blobs: Blobs;
  readonly log: Log;
  readonly queue: Pick<Queue, 'define' | 'send'>;
  /** Null where none is configured. */
  readonly transcriber: Transcriber | null;
}

const Task = z.object({ organization: z.string(), id: z.string() });
type Task = z.infer<typeof Task>;

const JOB = 'collect.transcribe';
/** Over about ten minutes. */
const RETRIES = 6;
const RETRY_SECONDS = 5;
const TIMEOUT_SECONDS = 300;

export function openTranscription(needs: TranscriptionNeeds): Transcription {
  const { sql, queue, log, transcriber } = needs;
  const request = async ({ organization, id }: Task) => {
    try {
      await queue.send(JOB, { organization, id }, { key: id });
    } catch (error) {
      log.warn({ err: error, feedback: id }, 'a recording waits for the next start to be transcribed');
    }
  };
  return {
    configured: transcriber !== null,
    request,
    async start() {
      if (transcriber === null) return;
      queue.define(
        JOB,
        ({ data, attempt, signal }) =>
          transcribe(needs, transcriber, Task.parse(data), { last: attempt > RETRIES, signal }),
        { timeoutSeconds: TIMEOUT_SECONDS, retry: { limit: RETRIES, delaySeconds: RETRY_SECONDS } },
      );
      for (const task of await untranscribed(sql)) await request(task);
    },
  };
}

async function transcribe(
  { sql, blobs, log }: TranscriptionNeeds,
  transcriber: Transcriber,
  { organization, id }: Task,
  { last, signal }: { readonly last: boolean; readonly signal: AbortSignal },
): Promise<void> {
  const row = await feedbackById(sql, organization, id);
  const voice = row && voiceIn(row);
  if (voice?.transcript.status !== 'pending') return;
  const bytes = await blobs.get(voice.audio.sha256);
  // Deleted in between.
  if (bytes === undefined) return;
  try {
    const text = await transcriber(bytes, voice.audio.media_type, signal);
    await keepTranscript(sql, organization, id, { status: 'done', text });
  } catch (error) {
    if (!last && !(error instanceof Untranscribable)) throw error;
    log.warn({ err: error, feedback: id }, 'a recording could not be transcribed');
    await keepTranscript(sql, organization, id, { status: 'failed' });
  }
}
