import type { DecoderFile } from './scoring-file.ts';

interface Texts {
  readonly context: string;
  readonly query: string;
  readonly response: string;
}

/**
 * The row that a decoder reads: context and question, then the answer, within the words of its chat template, and a
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
  const asked = inner([context, query].filter((part) => part !== '').join('\n\n'));
  const text = `${frame.before}${asked}${frame.between}${inner(response)}${frame.behind}`;
  const ids = encode(text, frame.special_tokens);
  const row = ids.at(-1) === frame.end ? ids : [...ids, frame.end];
  return row.slice(-max_length);
}
