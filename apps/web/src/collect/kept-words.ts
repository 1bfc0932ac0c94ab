import { english, type Labels, vietnamese } from '@attune/react/headless';
import type { Language } from '../text/language.ts';

/** The words of `@attune/react` in each language. */
export const labels: Readonly<Record<Language, Labels>> = { en: english, vi: vietnamese };

type WordList = 'goodReasons' | 'badReasons' | 'noteLabels';
const lists: readonly WordList[] = ['goodReasons', 'badReasons', 'noteLabels'];

/**
 * How a word that people choose from is shown. It is kept in English whatever the language of the page, so that the same
 * reason counts as one; a word that is in no list is shown as it is.
 */
export function wordIn(language: Language, kept: string): string {
  for (const list of lists) {
    const at = english[list].indexOf(kept);
    if (at !== -1) return labels[language][list][at] ?? kept;
  }
  return kept;
}

/** The words that are kept, to choose from. */
export const offered = {
  good: english.goodReasons,
  bad: english.badReasons,
  notes: english.noteLabels,
};
