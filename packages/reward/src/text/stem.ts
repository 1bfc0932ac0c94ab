/** Longest first. English only; in other languages both sides of a comparison are cut alike, which does no harm. */
const SUFFIXES = ['edly', 'ing', 'ies', 'ed', 'es', 'ly', 's'];

/** A word without its inflection, roughly: `vaccines` and `vaccinated` keep what a reader would match. */
export function stem(word: string): string {
  for (const suffix of SUFFIXES) {
    if (word.length >= suffix.length + 3 && word.endsWith(suffix)) return word.slice(0, -suffix.length);
  }
  return word;
}
