import type { Log } from '../log.ts';

type Handler = (message: string) => void;

/** Who listens to which channel in this process. */
export class Listeners {
  readonly #log: Log;
  readonly #channels = new Map<string, Set<Handler>>();

  constructor(log: Log) {
    this.#log = log;
  }

  get channels(): string[] {
    return [...this.#channels.keys()];
  }

  /** Adds a handler, each time as one of its own; the returned function removes it and tells whether it was the channel's last. */
  add(channel: string, handler: Handler): () => boolean {
    const handlers = this.#channels.get(channel) ?? new Set<Handler>();
    this.#channels.set(channel, handlers);
    const own: Handler = (message) => handler(message);
    handlers.add(own);
    return () => {
      const last = handlers.delete(own) && handlers.size === 0;
      if (last) this.#channels.delete(channel);
      return last;
    };
  }

  /** Passes a message on; a handler that throws is logged and keeps no other from hearing it. */
  tell(channel: string, message: string): void {
    for (const handler of [...(this.#channels.get(channel) ?? [])]) {
      try {
        handler(message);
      } catch (error) {
        this.#log.error({ err: error, channel }, 'a subscriber failed');
      }
    }
  }
}
