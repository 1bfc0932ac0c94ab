import type { ScoringFile } from './scoring-file.ts';

/** Special tokens around question and answer. */
const AROUND = 3;

/**
 * The row `[CLS] query [SEP] response [SEP]` that a cross-encoder reads, at most `max_length` tokens.
 *
 * What is too long is cut as in training (trainer/attune_trainer/data/reward_inputs.py): the question from its
 * beginning, down to its share of the room; then the answer's middle, so that its end is never lost.
 */
export function tokenRow(
  query: readonly number[],
  response: readonly number[],
  { max_length, layout }: Pick<ScoringFile, 'max_length' | 'layout'>,
): number[] {
  const { begin, separator, query_share } = layout;
  const room = max_length - AROUND;
  const kept = Math.min(query.length, Math.floor(query_share * room));
  const answer = withoutMiddle(response, room - kept);
  const question = end(query, room - answer.length);
  return [begin, ...question, separator, ...answer, separator];
}

function withoutMiddle(ids: readonly number[], room: number): readonly number[] {
  if (ids.length <= room) return ids;
  const head = Math.floor(room / 2);
  return [...ids.slice(0, head), ...end(ids, room - head)];
}

function end(ids: readonly number[], room: number): readonly number[] {
  return room < ids.length ? ids.slice(ids.length - room) : ids;
}
