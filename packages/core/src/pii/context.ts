/** Characters before a number in which a word can say what it is. */
const REACH = 40;

/** The words right before a position: lower case, composed, to be matched with a pattern that ends in `$`. */
export function wordsBefore(text: string, at: number, reach = REACH): string {
  return text
    .slice(Math.max(0, at - reach), at)
    .normalize('NFC')
    .toLowerCase();
}
