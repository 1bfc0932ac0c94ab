/** Headers of every server-sent event answer; `x-accel-buffering` keeps proxies from holding events back. */
const common = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache, no-transform',
  'x-accel-buffering': 'no',
};
const KEEP_ALIVE_MS = 15_000;

const encoder = new TextEncoder();
const stillHere = encoder.encode(': still here\n\n');

export interface EventStreamOptions {
  readonly headers?: Readonly<Record<string, string>>;
  /** Aborted when the client goes away: some do before the body is read at all. */
  readonly client?: AbortSignal;
  /** Called when the client goes away. */
  readonly left?: () => void;
}

/** An event as it stands on the wire: data as JSON, and a text, of one line, as it is. */
function eventText(data: unknown): string {
  return `data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`;
}

/**
 * Sends each value as one server-sent event. When the client leaves, `return()` is called on the source, so that
 * its `finally` blocks run. A comment line every 15 s keeps idle connections open.
 */
export function eventStream(source: AsyncIterable<unknown>, options: EventStreamOptions = {}): Response {
  const { headers, client, left } = options;
  const iterator = source[Symbol.asyncIterator]();
  let keepAlive: NodeJS.Timeout | undefined;
  const leave = async () => {
    stop();
    left?.();
    await iterator.return?.();
  };
  const onAbort = () => void leave();
  const stop = () => {
    clearInterval(keepAlive);
    client?.removeEventListener('abort', onAbort);
  };
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      client?.addEventListener('abort', onAbort, { once: true });
      // A client that reads nothing gets no comments either: they would pile up here.
      keepAlive = setInterval(() => {
        if ((controller.desiredSize ?? 0) > 0) controller.enqueue(stillHere);
      }, KEEP_ALIVE_MS);
    },
    // Called at once, before anybody reads: a source that never began would skip its `finally`.
    async pull(controller) {
      try {
        const next = await iterator.next();
        if (!next.done) return controller.enqueue(encoder.encode(eventText(next.value)));
      } catch (error) {
        stop();
        throw error;
      }
      stop();
      controller.close();
    },
    cancel: leave,
  });
  return new Response(body, { headers: { ...common, ...headers } });
}
