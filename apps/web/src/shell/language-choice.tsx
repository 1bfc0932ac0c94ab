import { chooseLanguage } from '../text/chosen-language.ts';
import { languageNames, languages } from '../text/language.ts';
import { useLanguage, useText } from '../text/use-text.ts';
import { MenuChoice } from './parts/menu-choice.tsx';
import { text } from './text.ts';

/** The language, as a group of menu items, each in its own words. */
export function LanguageChoice() {
  const t = useText(text);
  const options = languages.map((value) => ({ value, label: languageNames[value], lang: value }));
  return <MenuChoice label={t.language} options={options} value={useLanguage()} onValue={chooseLanguage} />;
}
