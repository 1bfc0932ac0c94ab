import type { ChatChunk } from '@attune/sdk';
import { type Problem, problemOf } from './problem.ts';

export interface StreamedAnswer {
  /** `broken`: the stream ended before its end; the text that came stays. */
  readonly status: 'idle' | 'waiting' | 'streaming' | 'done' | 'stopped' | 'broken';
  readonly text: string;
  /** What Attune says of the answer; comes with its end. */
  readonly attune: ChatChunk['attune'] | null;
  readonly problem: Problem | null;
}

/** Where the words come from: Attune's own stream, or one that the application's server passes on. */
export type OpenStream = (signal: AbortSignal) => AsyncIterable<ChatChunk>;

/** An answer that comes word by word. Knows nothing of React. */
export interface StreamingAnswer {
  state(): StreamedAnswer;
  subscribe(changed: () => void): () => void;
  /** Asks (again); an answer that is still coming is let go. Done when the answer ended, however it did. */
  start(open: OpenStream): Promise<void>;
  /** Asks again in the same way. */
  retry(): Promise<void>;
  /** Keeps what came and asks for no more. */
  stop(): void;
}

const nothing: StreamedAnswer = { status: 'idle', text: '', attune: null, problem: null };

/** An answer that has not been asked for yet. */
export function openStreamingAnswer(): StreamingAnswer {
  let state = nothing;
  let last: OpenStream | null = null;
  let current: AbortController | null = null;
  const watchers = new Set<() => void>();

  function become(change: Partial<StreamedAnswer>): void {
    state = { ...state, ...change };
    for (const changed of watchers) changed();
  }

  async function read(open: OpenStream, controller: AbortController): Promise<void> {
    const { signal } = controller;
    let finished = false;
    for await (const chunk of open(signal)) {
      if (signal.aborted) return;
      const choice = chunk.choices[0];
      finished ||= choice?.finish_reason != null;
      become({
        status: 'streaming',
        text: state.text + (choice?.delta.content ?? ''),
        attune: chunk.attune ?? state.attune,
      });
    }
    if (!signal.aborted) become({ status: finished ? 'done' : 'broken' });
  }

  async function start(open: OpenStream): Promise<void> {
    current?.abort();
    const controller = new AbortController();
    current = controller;
    last = open;
    become({ ...nothing, status: 'waiting' });
    try {
      await read(open, controller);
    } catch (error) {
      if (!controller.signal.aborted) become({ status: 'broken', problem: problemOf(error) });
    }
  }

  return {
    state: () => state,
    subscribe(changed) {
      watchers.add(changed);
      return () => watchers.delete(changed);
    },
    start,
    retry: async () => {
      if (last !== null) await start(last);
    },
    stop() {
      current?.abort();
      if (state.status === 'waiting' || state.status === 'streaming') become({ status: 'stopped' });
    },
  };
}
