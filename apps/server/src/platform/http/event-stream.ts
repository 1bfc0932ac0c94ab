/** Headers of every server-sent event answer; `x-accel-buffering` keeps proxies from holding events back. */
const headers = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache, no-transform',
  'x-accel-buffering': 'no',
};
const KEEP_ALIVE_MS = 15_000;

const encoder = new TextEncoder();
const stillHere = encoder.encode(': still here\n\n');

/** One event as it stands on the wire. */
export function eventText(data: unknown): string {
  return `data: ${JSON.stringify(data)}\n\n`;
}

/**
 * Sends each value as one server-sent event. When the client leaves, `return()` is called on the source, so that
 * its `finally` blocks run. A comment line every 15 s keeps idle connections open.
 */
export function eventStream(source: AsyncIterable<unknown>): Response {
  const iterator = source[Symbol.asyncIterator]();
  let keepAlive: NodeJS.Timeout | undefined;
  const stop = () => clearInterval(keepAlive);
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      // A client that reads nothing gets no comments either: they would pile up here.
      keepAlive = setInterval(() => {
        if ((controller.desiredSize ?? 0) > 0) controller.enqueue(stillHere);
      }, KEEP_ALIVE_MS);
    },
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
    async cancel() {
      stop();
      await iterator.return?.();
    },
  });
  return new Response(body, { headers });
}
