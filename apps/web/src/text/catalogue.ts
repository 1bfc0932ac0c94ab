import type { Language } from './language.ts';

/** A text, a text made of values, or a group of texts. */
type Message = string | ((...values: never[]) => string) | { readonly [name: string]: Message };

/** What another language must have: the same names, taking the same values. */
type Same<M> = {
  readonly [Name in keyof M]: M[Name] extends string
    ? string
    : M[Name] extends (...values: infer Values) => string
      ? (...values: Values) => string
      : Same<M[Name]>;
};

/** Texts of one shape in every language. */
export type Catalogue<Texts> = Readonly<Record<Language, Texts>>;

/**
 * Declares the texts of a room. A name that one language has and the other lacks is a type error. Texts with values
 * are functions; `english` and `vietnamese` of `formats.ts` write their numbers, plurals and dates.
 */
export function catalogue<M extends { readonly [name: string]: Message }>(texts: {
  readonly en: M & Same<M>;
  readonly vi: NoInfer<Same<M>>;
}): Catalogue<Same<M>> {
  return texts;
}
