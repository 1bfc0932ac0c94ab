import { words } from '../words.ts';

const NGRAM = 5;
const ENOUGH_WORDS = 20;
const ENOUGH_LINES = 4;

/**
 * How much of a text says what it said before, 0–1: the larger of the share of repeated word 5-grams and the share of
 * repeated lines (of three words or more). Texts under 20 words, and line shares under four such lines, say too little
 * to judge and count 0. After the repetition filters of Rae et al. 2021 (Gopher), table A1.
 */
export function repetition(text: string): number {
  const tokens = words(text);
  if (tokens.length < ENOUGH_WORDS) return 0;
  const ngrams = tokens.slice(NGRAM - 1).map((_, at) => tokens.slice(at, at + NGRAM).join(' '));
  const lines = text.split('\n').map((line) => words(line));
  const longLines = lines.filter((line) => line.length >= 3).map((line) => line.join(' '));
  return Math.max(repeatedShare(ngrams), longLines.length < ENOUGH_LINES ? 0 : repeatedShare(longLines));
}

function repeatedShare(items: readonly string[]): number {
  return 1 - new Set(items).size / items.length;
}
