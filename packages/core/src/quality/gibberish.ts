const KEYBOARD_RUN =
  /qwer|wert|erty|asdf|sdfg|dfgh|fghj|ghjk|hjkl|zxcv|xcvb|cvbn|vbnm|йцук|цуке|фыва|ывап|ячсм/u;
const SAME_LETTER = /(\p{L})\1{3,}/u;
const CONSONANTS = /[bcdfghjklmnpqrstvwxz]{7,}/u;
const NO_VOWEL = /^[bcdfghjklmnpqrstvwxz]{6,}$/u;

/**
 * Whether most words of a text look typed at random: keyboard runs, one letter four times in a row, seven consonants in
 * a row, or long words without a vowel. Words of other scripts than Latin and Cyrillic count as sound, and so do words
 * in capitals, which are abbreviations more often than not.
 */
export function isGibberish(text: string): boolean {
  const found = text.match(/\p{L}+/gu) ?? [];
  const odd = found.filter(looksRandom);
  return odd.length * 2 > found.length;
}

function looksRandom(word: string): boolean {
  const lower = word.toLowerCase();
  if (KEYBOARD_RUN.test(lower) || SAME_LETTER.test(lower)) return true;
  return word !== word.toUpperCase() && (CONSONANTS.test(lower) || NO_VOWEL.test(lower));
}
