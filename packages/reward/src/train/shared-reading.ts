import type { Embedder, Encoding } from '../embed/embedder.ts';

/** Encodings that wait for their next query at most: about 150 kB each with MiniLM. */
const KEPT = 256;

/**
 * Reads a text once where several queries have the same answer, as passages do. What was read is kept until its last
 * use, as far as there is room.
 * @param answers every answer that will be read, as often as it will be
 */
export function sharedReading(
  embedder: Pick<Embedder, 'encode'>,
  answers: readonly string[],
): Pick<Embedder, 'encode'> {
  const uses = new Map<string, number>();
  for (const text of answers) uses.set(text, (uses.get(text) ?? 0) + 1);
  const kept = new Map<string, Promise<Encoding>>();
  const readOne = async (text: string): Promise<Encoding> => {
    const [encoding] = await embedder.encode([text]);
    if (encoding === undefined) throw new RangeError('an embedder returns one encoding per text');
    return encoding;
  };
  const read = (text: string): Promise<Encoding> => {
    const encoding = kept.get(text) ?? readOne(text);
    const left = (uses.get(text) ?? 1) - 1;
    uses.set(text, left);
    if (left <= 0) kept.delete(text);
    else if (kept.size < KEPT) kept.set(text, encoding);
    return encoding;
  };
  return { encode: (texts) => Promise.all(texts.map(read)) };
}
