import type { CrossEncoderFile } from './scoring-file.ts';

/** Token ids of the three texts; without earlier turns the context has none. */
interface Texts {
  readonly context: readonly number[];
  readonly query: readonly number[];
  readonly response: readonly number[];
}

/** Special tokens around question and answer; a context has one more. */
const AROUND = 3;

/**
 * The row `[CLS] context [SEP] query [SEP] response [SEP]` (`[CLS] query [SEP] response [SEP]` without a context) that a
 * cross-encoder reads, at most `max_length` tokens.
 *
 * What is too long is cut as in training (trainer/attune_trainer/data/reward_inputs.py): the context goes first, from
 * its beginning; then the question, from its beginning, down to its share of the room; then the answer's middle, so that
 * its end is never lost.
 */
export function tokenRow(
  { context, query, response }: Texts,
  { max_length, layout }: Pick<CrossEncoderFile, 'max_length' | 'layout'>,
): number[] {
  const { begin, separator, query_share } = layout;
  const room = max_length - AROUND - (context.length > 0 ? 1 : 0);
  const kept = Math.min(query.length, Math.floor(query_share * room));
  const answer = withoutMiddle(response, room - kept);
  const question = end(query, room - answer.length);
  const before = end(context, room - answer.length - question.length);
  const asked = before.length > 0 ? [...before, separator, ...question] : question;
  return [begin, ...asked, separator, ...answer, separator];
}

function withoutMiddle(ids: readonly number[], room: number): readonly number[] {
  if (ids.length <= room) return ids;
  const head = Math.floor(room / 2);
  return [...ids.slice(0, head), ...end(ids, room - head)];
}

function end(ids: readonly number[], room: number): readonly number[] {
  return room < ids.length ? ids.slice(ids.length - room) : ids;
}
