/**
 * The same stream, but one that ends when its source fails: the status has been sent already, and the HTTP server
 * would write the error's words into the stream. Whoever watches events connects again when they end.
 * @param failed is told of the failure
 */
export function endOnFailure(response: Response, failed: (error: unknown) => void): Response {
  const reader = response.body?.getReader();
  if (reader === undefined) return response;
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read();
          if (!done) return controller.enqueue(value);
        } catch (error) {
          failed(error);
        }
        controller.close();
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
  return new Response(body, response);
}
