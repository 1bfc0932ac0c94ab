import { alternatingTexts, withContext } from '@attune/core';
import type { DecoderFile } from './scoring-file.ts';

interface Texts {
  readonly context: string;
  readonly query: string;
  readonly response: string;
}

/**
 * The row that a decoder reads: the turns up to the question, then the answer, within the words of its chat template, and a
 * token that ends it. Of what is longer than `max_length` the end stays, as in training
 * (trainer/attune_trainer/decoder_frame.py).
 * @param encode text to token ids, with the tokenizer's own around it or without
 */
export function decoderRow(
  { context, query, response }: Texts,
  { frame, max_length }: Pick<DecoderFile, 'frame' | 'max_length'>,
  encode: (text: string, specialTokens: boolean) => number[],
): number[] {
  const inner = (text: string) => (frame.trimmed ? text.trim() : text);
  const asked = questionIn(frame, { context, query }, inner);
  const text = `${frame.before}${asked}${frame.between}${inner(response)}${frame.behind}`;
  const ids = encode(text, frame.special_tokens);
  const row = ids.at(-1) === frame.end ? ids : [...ids, frame.end];
  return row.slice(-max_length);
}

/** The question with what was said before it: as turns where the frame has a place for them, else as one text. */
function questionIn(
  { earlier }: DecoderFile['frame'],
  { context, query }: Pick<Texts, 'context' | 'query'>,
  inner: (text: string) => string,
): string {
  const turns = earlier === null ? null : alternatingTexts(context, query);
  if (earlier === null || turns === null) return inner(query === '' ? context : withContext(context, query));
  return turns
    .map((text, at) => {
      if (at === turns.length - 1) return inner(text);
      return `${inner(text)}${at % 2 === 0 ? earlier.between : earlier.behind}`;
    })
    .join('');
}
