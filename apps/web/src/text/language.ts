/** Languages that every text of the page exists in. */
export const languages = ['en', 'vi'] as const;
export type Language = (typeof languages)[number];

/** Each language by its own name, so that whoever is lost in the other one finds theirs. */
export const languageNames: Record<Language, string> = { en: 'English', vi: 'Tiếng Việt' };

/** The first of the reader's languages that there are texts in; English where there is none. */
export function preferredLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const base = tag.toLowerCase().split('-')[0];
    const known = languages.find((language) => language === base);
    if (known !== undefined) return known;
  }
  return 'en';
}
