import { useSyncExternalStore } from 'react';
import type { Catalogue } from './catalogue.ts';
import { chosenLanguage, onLanguage } from './chosen-language.ts';
import { type Formats, formats } from './formats.ts';
import type { Language } from './language.ts';

/** The language of the page; draws again when another is chosen. */
export function useLanguage(): Language {
  return useSyncExternalStore(onLanguage, chosenLanguage);
}

/** The texts of a room in the language of the page: `t.title`, `t.found(3)`, `t.status[row.status]`. */
export function useText<Texts>(texts: Catalogue<Texts>): Texts {
  return texts[useLanguage()];
}

/** Numbers, times and plurals in the language of the page. */
export function useFormats(): Formats {
  return formats[useLanguage()];
}
