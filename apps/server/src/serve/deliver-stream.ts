import type { AttuneAnswer } from '@attune/contracts';
import { completionId, type Delivery, seconds } from './deliver.ts';

/** The last event of a stream that is complete. */
export const DONE = '[DONE]';

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
