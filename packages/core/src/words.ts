/** Letters of scripts that put no space between words; each counts as a word of its own. */
const unspaced =
  '\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmer}\\p{sc=Myanmar}';
const word = new RegExp(`[${unspaced}]\\p{M}*|[[\\p{L}\\p{N}\\p{M}]--[${unspaced}]]+`, 'gv');

/** The words of a text in order, in compatible form (NFKC) and lower case, without punctuation and symbols. */
export function words(text: string): string[] {
  return text.normalize('NFKC').toLowerCase().match(word) ?? [];
}
