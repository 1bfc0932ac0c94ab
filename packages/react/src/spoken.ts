import type { Feedback } from '@attune/contracts';

/** What is known of a spoken feedback beside its text. */
export interface Spoken {
  /** Null where nobody measured it. */
  readonly durationMs: number | null;
  readonly transcript: 'pending' | 'done' | 'none' | 'failed';
}

const states = ['pending', 'done', 'none', 'failed'] as const;

/** Reads it from what the server keeps. */
export function spokenIn({ feedback_value: { audio, transcript } }: Feedback): Spoken {
  const duration = fieldOf(audio, 'duration_ms');
  const status = fieldOf(transcript, 'status');
  return {
    durationMs: typeof duration === 'number' ? duration : null,
    transcript: states.find((state) => state === status) ?? 'none',
  };
}

function fieldOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return new Map<string, unknown>(Object.entries(value)).get(name);
}
