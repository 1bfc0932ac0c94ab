import type { AttuneAnswer } from '@attune/contracts';
import { completionId, type Delivery, seconds } from './deliver.ts';

const EVENT_HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache, no-transform',
  'x-accel-buffering': 'no',
};

/** Last line of a stream that is complete. */
export const DONE = 'data: [DONE]\n\n';

/** One event. */
export function event(data: object): string {
  return `data: ${JSON.stringify(data)}\n\n`;
}

/**
 * A response that sends texts as they are yielded; the first must be there already or come soon. When the client
 * leaves, `left` is called and the source is returned from, so that its `finally` blocks run.
 * @param client aborted when the client goes away: some do before the body is read at all
 */
export async function eventResponse(
  source: AsyncGenerator<string>,
  headers: Record<string, string>,
  client: AbortSignal,
  left: () => void,
): Promise<Response> {
  // A generator that was never started would skip its `finally`.
  let first: IteratorResult<string> | undefined = await source.next();
  const encoder = new TextEncoder();
  const leave = async () => {
    left();
    await source.return(undefined);
  };
  const onAbort = () => void leave();
  client.addEventListener('abort', onAbort, { once: true });
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const next = first ?? (await source.next());
        first = undefined;
        if (!next.done) return controller.enqueue(encoder.encode(next.value));
        client.removeEventListener('abort', onAbort);
        controller.close();
      },
      cancel: leave,
    },
    { highWaterMark: 0 },
  );
  return new Response(body, { headers: { ...EVENT_HEADERS, ...headers } });
}

/** Words sent together. */
const GROUP = /(?:\s*\S+){1,4}\s*/g;

/** The chunks of an answer that is complete already, in groups of a few words, without the last one. */
export function* answerChunks(delivery: Delivery): Generator<object> {
  const { generation } = delivery;
  yield chunk(delivery, { role: 'assistant', content: '' }, null);
  const groups = generation.text.match(GROUP) ?? [generation.text];
  for (const content of groups) yield chunk(delivery, { content }, null);
}

/** The last chunk or two: why it ended, the tokens where the client asked for them, and what Attune adds. */
export function lastChunks(delivery: Delivery): object[] {
  const { question, generation, attune, usage } = delivery;
  const end = chunk(delivery, {}, generation.finishReason ?? 'stop');
  if (question.request.stream_options?.include_usage !== true) return [{ ...end, attune }];
  const tokens = usage ?? { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 };
  return [end, { ...chunk(delivery, {}, null), choices: [], usage: tokens, attune }];
}

/** Puts what Attune adds on the last of the upstream's chunks. */
export function withAttune(chunks: readonly object[], attune: AttuneAnswer): object[] {
  return chunks.map((each, index) => (index === chunks.length - 1 ? { ...each, attune } : each));
}

function chunk({ question, model }: Delivery, delta: object, finishReason: string | null): object {
  return {
    id: completionId(question),
    object: 'chat.completion.chunk',
    created: seconds(question.askedAt),
    model,
    choices: [{ index: 0, delta, logprobs: null, finish_reason: finishReason }],
  };
}
