import { words } from '../words.ts';

/** A word that fewer texts of a group share says nothing of the group. */
const LEAST_TEXTS = 2;
const LEAST_LETTERS = 3;

/**
 * Words that tell a group of texts from other texts: those with the largest difference between the share of the
 * group's texts that have them and the share of the others. Words that are everywhere, such as articles, fall out by
 * themselves, in any language.
 */
export function distinctiveWords(
  group: readonly string[],
  others: readonly string[],
  most: number,
): string[] {
  const [inside, outside] = [textsByWord(group), textsByWord(others)];
  const difference = (word: string, count: number) =>
    count / group.length - (outside.get(word) ?? 0) / Math.max(1, others.length);
  return [...inside]
    .filter(([word, count]) => count >= LEAST_TEXTS && word.length >= LEAST_LETTERS)
    .map(([word, count]) => ({ word, difference: difference(word, count) }))
    .filter((one) => one.difference > 0)
    .sort((a, b) => b.difference - a.difference || a.word.localeCompare(b.word))
    .slice(0, most)
    .map(({ word }) => word);
}

function textsByWord(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) {
    for (const word of new Set(words(text))) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return counts;
}
