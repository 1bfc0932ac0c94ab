import type { Labels } from '@attune/react';
import { useLanguage } from '../text/use-text.ts';
import { labels } from './kept-words.ts';

/** The words of `@attune/react` in the language of the page, as applications show them too. */
export function useFeedbackLabels(): Labels {
  return labels[useLanguage()];
}
