import type { Draft, Generation, Generator } from '../generator.ts';

export interface Recording {
  readonly text: string;
  readonly generation_method: string;
}

/** Finds what was recorded for a question; at most `limit` answers. */
export type FindRecordings = (organization: string, query: string, limit: number) => Promise<Recording[]>;

/** Most candidates of one question, however many answers are recorded. */
export const MOST_RECORDINGS = 8;

/**
 * A generator that replays recorded answers, for demos and replays. All answers to a question compete: the number
 * of candidates that a request names is raised to theirs, up to eight.
 */
export function createRecordedGenerator(find: FindRecordings): Generator {
  return {
    async draft({ organization, query }) {
      const recordings = await find(organization, query, MOST_RECORDINGS);
      return { policy: 'recorded', drafts: recordings.map(replay), samples: false };
    },
  };
}

function replay({ text, generation_method }: Recording): Draft {
  return { method: generation_method, generate: async () => readyAnswer(text) };
}

/** An answer that costs no tokens because nobody had to write it. */
export function readyAnswer(text: string): Generation {
  const usage = { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 };
  return { text, finishReason: 'stop', usage, callsTools: false };
}
