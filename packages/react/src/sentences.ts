import type { InlineNote } from '@attune/contracts';
import { passageAt } from './quote-of-selection.ts';

/** The sentences of a text as passages, for those who do not select with a mouse. */
export function sentencesOf(text: string, language?: string): Pick<InlineNote, 'quote' | 'position'>[] {
  const pieces = new Intl.Segmenter(language, { granularity: 'sentence' }).segment(text);
  return [...pieces].flatMap(({ segment, index }) => {
    const sentence = segment.trim();
    if (sentence === '') return [];
    const start = index + segment.indexOf(sentence);
    return [passageAt(text, start, start + sentence.length)];
  });
}
