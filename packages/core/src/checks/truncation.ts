import { words } from '../words.ts';

const SENTENCE_END = /[.!?…。！？؟।።:;][\p{Pe}\p{Pf}"'’”*_`\s]*$/u;
const NOT_PROSE = /^\s*([-*+•|>#]|\d+[.)]\s|https?:)/u;
const ENOUGH_WORDS = 8;

/**
 * Whether an answer breaks off: the generator ran into its length limit; or, when nobody says how it ended, a code
 * fence stays open, or the last line is prose (eight words or more, no list item, heading, table row or address) that
 * ends its earlier sentences but not the last. It misses a break in the first sentence of a line: such lines are
 * more often items of unmarked lists.
 *
 * @param finishReason in OpenAI's words; any other than `length` means that the generator finished by itself
 */
export function isTruncated(text: string, finishReason?: string | null): boolean {
  if (finishReason === 'length') return true;
  if (finishReason !== undefined && finishReason !== null) return false;
  const trimmed = text.trimEnd();
  if ((trimmed.match(/^\s*```/gm) ?? []).length % 2 === 1) return true;
  const lastLine = trimmed.slice(trimmed.lastIndexOf('\n') + 1);
  if (NOT_PROSE.test(lastLine) || SENTENCE_END.test(lastLine) || lastLine.endsWith('```')) return false;
  return words(lastLine).length >= ENOUGH_WORDS && /[.!?。！？؟।]\s/u.test(lastLine);
}
