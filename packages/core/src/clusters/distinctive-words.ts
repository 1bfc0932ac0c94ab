import { words } from '../words.ts';

/** A word that fewer texts of a group share says nothing of the group. */
const LEAST_TEXTS = 2;
const LEAST_LETTERS = 3;

/**
 * Words that tell a group of texts from other texts: those that add most to the Kullback-Leibler divergence of the share
 * of the group's texts that have them, p, from that of the others, q: p ln(p / q), each share with half a text more.
 * Words that are everywhere, such as articles, fall out by themselves, in any language.
 */
export function distinctiveWords(
  group: readonly string[],
  others: readonly string[],
  most: number,
): string[] {
  const [inside, outside] = [textsByWord(group), textsByWord(others)];
  const difference = (word: string, count: number) => {
    const elsewhere = smoothed(outside.get(word) ?? 0, others.length);
    return (count / group.length) * Math.log(smoothed(count, group.length) / elsewhere);
  };
  return [...inside]
    .filter(([word, count]) => count >= LEAST_TEXTS && word.length >= LEAST_LETTERS)
    .map(([word, count]) => ({ word, difference: difference(word, count) }))
    .filter((one) => one.difference > 0)
    .sort((a, b) => b.difference - a.difference || a.word.localeCompare(b.word))
    .slice(0, most)
    .map(({ word }) => word);
}

function smoothed(count: number, texts: number): number {
  return (count + 0.5) / (texts + 1);
}

function textsByWord(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) {
    for (const word of new Set(words(text))) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return counts;
}
