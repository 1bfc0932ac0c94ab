import type { TrainingFeedback } from '../training-feedback.ts';
import { words } from '../words.ts';
import { type CheckedRows, dropWhere } from './dropped.ts';
import { isGibberish } from './gibberish.ts';

const REPEATS = 3;
const REPEATED_WORDS = 5;
const MANY_ADDRESSES = 3;

/**
 * Drops feedback on an empty question or answer, comments and corrections that are gibberish or mostly addresses, and
 * all but the first of a person's feedbacks that carry one and the same comment of five words or more three times or
 * more. Short comments ("good answer") repeat for good reasons.
 */
export function dropSpam<T extends TrainingFeedback>(rows: readonly T[]): CheckedRows<T> {
  const repeated = repeatedComments(rows);
  return dropWhere(rows, (row) => {
    if (row.query.trim() === '') return 'empty_query';
    if (row.response.trim() === '') return 'empty_answer';
    const written = [row.comment, row.correction].filter((text) => text !== null);
    if (written.some(isGibberish)) return 'gibberish';
    if (written.some(isAddressSpam)) return 'address_spam';
    return repeated.has(row) ? 'repeated_comment' : null;
  });
}

/** Three addresses or more that make up half of what is written, or nothing but an address. */
function isAddressSpam(text: string): boolean {
  const addresses = text.match(/(?:https?:\/\/|www\.)\S+/giu) ?? [];
  if (addresses.length === 0) return false;
  const rest = words(text.replace(/(?:https?:\/\/|www\.)\S+/giu, ' ')).length;
  return rest === 0 || (addresses.length >= MANY_ADDRESSES && rest <= 5 * addresses.length);
}

function repeatedComments<T extends TrainingFeedback>(rows: readonly T[]): Set<T> {
  const groups = Map.groupBy(rows, ({ person, comment }) => {
    const said = words(comment ?? '');
    return said.length < REPEATED_WORDS ? null : JSON.stringify([person, said.join(' ')]);
  });
  groups.delete(null);
  return new Set(
    [...groups.values()].filter((group) => group.length >= REPEATS).flatMap((group) => group.slice(1)),
  );
}
