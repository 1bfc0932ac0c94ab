import { Tokenizer } from '@huggingface/tokenizers';
import { RewardError } from '../errors.ts';
import { decoderRow } from './decoder-row.ts';
import type { CrossEncoderFile, DecoderFile, ScoringFile } from './scoring-file.ts';
import { tokenRow } from './token-row.ts';

/** Makes the rows of a question's answers, one after the other. */
export type RowReader = (asked: {
  readonly query: string;
  readonly context: string;
}) => (response: string) => number[];

/**
 * Texts to the rows of token ids that a model was trained with.
 * @throws RewardError `model_damaged` where a decoder's tokenizer reads otherwise here than in training
 */
export function rowReader(model: ScoringFile): RowReader {
  return model.architecture === 'decoder' ? decoderReader(model) : crossEncoderReader(model);
}

function crossEncoderReader(model: CrossEncoderFile): RowReader {
  const read = new Tokenizer(model.tokenizer, {});
  const special = new Set(model.layout.left_out);
  // No special tokens, none for a text that spells one out.
  const idsOf = (text: string): number[] => {
    const ids: number[] = read.encode(text, { add_special_tokens: false }).ids;
    return ids.filter((id) => !special.has(id));
  };
  return ({ query, context }) => {
    const [before, question] = [idsOf(context), idsOf(query)];
    return (response) => tokenRow({ context: before, query: question, response: idsOf(response) }, model);
  };
}

function decoderReader(model: DecoderFile): RowReader {
  const read = new Tokenizer(model.tokenizer, {});
  const encode = (text: string, add_special_tokens: boolean): number[] =>
    read.encode(text, { add_special_tokens }).ids;
  const reader: RowReader = (asked) => (response) => decoderRow({ ...asked, response }, model, encode);
  for (const { ids, response, ...asked } of model.frame.probes) {
    if (reader(asked)(response).join() === ids.join()) continue;
    throw new RewardError(
      'model_damaged',
      'Its tokenizer makes other tokens of a text here than in training, so that its scores would be wrong. Use it within the trainer, or train on another base model.',
    );
  }
  return reader;
}
