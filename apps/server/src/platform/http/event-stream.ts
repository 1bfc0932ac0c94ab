/** Headers of every server-sent event answer; `x-accel-buffering` keeps proxies from holding events back. */
const headers = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache, no-transform',
  'x-accel-buffering': 'no',
};

/** One event as it stands on the wire. */
export function eventText(data: unknown): string {
  return `data: ${JSON.stringify(data)}\n\n`;
}

/**
 * Sends each value as one server-sent event. When the client leaves, `return()` is called on the source,
 * so that its `finally` blocks run. A comment line every 15 s keeps idle connections open.
 */
export function eventStream(source: AsyncIterable<unknown>): Response {
  const iterator = source[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  let keepAlive: NodeJS.Timeout | undefined;
  const stop = () => clearInterval(keepAlive);
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      keepAlive = setInterval(() => controller.enqueue(encoder.encode(': still here\n\n')), 15_000);
    },
    async pull(controller) {
      const next = await iterator.next();
      if (next.done) {
        stop();
        controller.close();
      } else controller.enqueue(encoder.encode(eventText(next.value)));
    },
    async cancel() {
      stop();
      await iterator.return?.();
    },
  });
  return new Response(body, { headers });
}
