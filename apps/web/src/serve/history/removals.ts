import { createClient } from '@attune/sdk';

/** Calls that reach the server although the page is being closed. */
const lasting = createClient({
  url: window.location.origin,
  fetch: (input, init) => fetch(input, { ...init, keepalive: true }),
});

/** How long one can think again, in milliseconds; as long as the message with the undo button stays. */
const THINK_AGAIN_MS = 10_000;

interface Outcome {
  /** The lists are to be read again. */
  readonly onDone: () => Promise<void>;
  readonly onError: (error: unknown) => void;
}

/** Conversations that are being removed: out of sight at once, gone from the server after a while, or with the page. */
function createRemovals() {
  const waiting = new Map<string, { timer: ReturnType<typeof setTimeout>; outcome: Outcome }>();
  const watchers = new Set<() => void>();
  let hidden: ReadonlySet<string> = new Set();

  function become(after: Set<string>): void {
    hidden = after;
    for (const changed of watchers) changed();
  }

  function show(id: string): void {
    const after = new Set(hidden);
    after.delete(id);
    become(after);
  }

  async function carryOut(id: string): Promise<void> {
    const removal = waiting.get(id);
    if (removal === undefined) return;
    clearTimeout(removal.timer);
    waiting.delete(id);
    try {
      await lasting.removeConversation({ params: { session_id: id }, query: {} });
      await removal.outcome.onDone();
    } catch (error) {
      removal.outcome.onError(error);
    } finally {
      show(id);
    }
  }

  window.addEventListener('pagehide', () => {
    for (const id of waiting.keys()) void carryOut(id);
  });

  return {
    begin(id: string, outcome: Outcome): void {
      const timer = setTimeout(() => void carryOut(id), THINK_AGAIN_MS);
      waiting.set(id, { timer, outcome });
      become(new Set(hidden).add(id));
    },
    /** Keeps the conversation after all, while it is not gone. */
    undo(id: string): void {
      const removal = waiting.get(id);
      if (removal === undefined) return;
      clearTimeout(removal.timer);
      waiting.delete(id);
      show(id);
    },
    all: (): ReadonlySet<string> => hidden,
    subscribe(changed: () => void): () => void {
      watchers.add(changed);
      return () => watchers.delete(changed);
    },
  };
}

export const removals = createRemovals();
