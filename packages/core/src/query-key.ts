/**
 * What two spellings of one question have in common: compatible form (NFKC), lower case, no invisible characters,
 * punctuation as a space (apostrophes vanish; a `#` after a letter stays, C# is not C), single spaces.
 *
 * Two queries with one key count as the same query: they are compared with each other and never stand on both sides
 * of a split. A query of punctuation only keeps it.
 */
export function queryKey(query: string): string {
  const folded = query
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\p{Cf}/gu, '')
    .normalize('NFKC');
  const key = folded
    .replace(/['’‘`]/g, '')
    .replace(/(?<!\p{L})#|[\p{P}--#]/gv, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
  return key === '' ? folded.replace(/\s+/gu, ' ').trim() : key;
}
