/** About as many characters as a small encoder reads of a text. */
const FOCUS = 600;
const HEAD = 200;

/**
 * The part of a prompt that an encoder with a short window should read. What is asked stands at the start of a
 * prompt with a pasted document and at the end of a conversation, so both ends stay and the middle goes.
 */
export function queryFocus(query: string): string {
  const text = query.trim();
  if (text.length <= FOCUS) return text;
  const head = text.slice(0, HEAD).replace(/\s\S*$/, '');
  const tail = text.slice(HEAD - FOCUS).replace(/^\S*\s/, '');
  return `${head}\n${tail}`;
}
