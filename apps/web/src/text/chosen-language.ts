import { remember, remembered } from '../shell/remembered.ts';
import { type Language, languages, preferredLanguage } from './language.ts';

const KEY = 'attune-language';
const watchers = new Set<() => void>();
let current: Language = stored() ?? preferredLanguage(navigator.languages);

function stored(): Language | null {
  const value = remembered(KEY);
  return languages.find((language) => language === value) ?? null;
}

function show(language: Language): void {
  current = language;
  document.documentElement.lang = language;
  for (const changed of watchers) changed();
}

show(current);
// A choice in one tab is a choice in all of them.
window.addEventListener('storage', ({ key }) => {
  if (key === KEY) show(stored() ?? preferredLanguage(navigator.languages));
});

/** The language of the page: the one that was chosen here, else the browser's. */
export function chosenLanguage(): Language {
  return current;
}

/** Shows the page in a language, now and at the next visit. */
export function chooseLanguage(language: Language): void {
  remember(KEY, language);
  show(language);
}

/** Calls back whenever another language is chosen; returns what stops it. */
export function onLanguage(changed: () => void): () => void {
  watchers.add(changed);
  return () => watchers.delete(changed);
}
