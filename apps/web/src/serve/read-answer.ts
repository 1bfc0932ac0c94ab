import type { AttuneAnswer } from '@attune/contracts';
import { AttuneApiError, type ChatChunk } from '@attune/sdk';

const ID_PREFIX = 'chatcmpl-';

/**
 * Reads a streamed answer to its end and resolves to what Attune says about it.
 * @param onText told each piece of text with the answer's id (null while unknown)
 * @throws AttuneApiError when the server reports an error in the stream, or the stream ends before the answer does
 */
export async function readAnswer(
  chunks: AsyncIterable<ChatChunk>,
  onText: (text: string, responseId: string | null) => void,
): Promise<AttuneAnswer> {
  let attune: AttuneAnswer | null = null;
  for await (const chunk of chunks) {
    refuseError(chunk);
    const text = chunk.choices.map(({ delta }) => delta.content ?? '').join('');
    if (text !== '') onText(text, responseIdOf(chunk));
    attune = chunk.attune ?? attune;
  }
  if (attune !== null) return attune;
  throw new AttuneApiError({
    code: 'answer_broke_off',
    status: 0,
    message: 'The answer broke off.',
    hint: 'The connection was lost while it was being written. Ask again.',
  });
}

function responseIdOf({ id }: ChatChunk): string | null {
  return id.startsWith(ID_PREFIX) ? id.slice(ID_PREFIX.length) : null;
}

/** An answer that fails after it has begun is told so in the stream, in the shape of every other error. */
function refuseError(chunk: object): void {
  if (!('error' in chunk) || typeof chunk.error !== 'object' || chunk.error === null) return;
  const facts = new Map<string, unknown>(Object.entries(chunk.error));
  const text = (name: string, otherwise: string) => {
    const value = facts.get(name);
    return typeof value === 'string' ? value : otherwise;
  };
  throw new AttuneApiError({
    code: text('code', 'unknown'),
    status: 0,
    message: text('message', 'The answer failed.'),
    hint: text('hint', ''),
    requestId: text('request_id', '') || null,
  });
}
