import { AttuneError } from '@attune/contracts';
import { isId } from '../ids.ts';

/** Makes an opaque cursor from the sort key of a page's last row. */
export function encodeCursor(key: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/**
 * Reads a cursor of `length` parts.
 * @throws AttuneError `invalid_cursor` when it is not one of ours.
 */
export function decodeCursor(cursor: string, length: number): string[] {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(key) && key.length === length) return key.map(String);
  } catch (error) {
    throw new AttuneError('invalid_cursor', {}, { cause: error });
  }
  throw new AttuneError('invalid_cursor');
}

/**
 * Reads a cursor that is one id.
 * @throws AttuneError `invalid_cursor` when it is not
 */
export function decodeId(cursor: string): string {
  const [id = ''] = decodeCursor(cursor, 1);
  if (!isId(id)) throw new AttuneError('invalid_cursor');
  return id;
}

/**
 * Turns `limit + 1` rows into a page: the extra row only tells that there is more.
 * @param keyOf the sort key of a row, as `decodeCursor` gives it back.
 */
export function toPage<Row, Item>(
  rows: readonly Row[],
  limit: number,
  keyOf: (row: Row) => readonly (string | number)[],
  toItem: (row: Row) => Item,
): { items: Item[]; next_cursor: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const more = rows.length > limit && last !== undefined;
  return { items: shown.map(toItem), next_cursor: more ? encodeCursor(keyOf(last)) : null };
}
