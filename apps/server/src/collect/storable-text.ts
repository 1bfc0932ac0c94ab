const NUL = String.fromCharCode(0);

/**
 * A text as every database takes it: PostgreSQL stores neither the character NUL nor half of a surrogate pair, so
 * both become U+FFFD. Feedback with a broken character is worth more than none.
 */
function storableText(text: string): string {
  return text.includes(NUL) || !text.isWellFormed() ? text.replaceAll(NUL, '\uFFFD').toWellFormed() : text;
}

/** `storableText` on every text within a JSON value, names of fields included. */
export function storable<T>(value: T): T;
export function storable(value: unknown): unknown {
  if (typeof value === 'string') return storableText(value);
  if (Array.isArray(value)) return value.map((item) => storable(item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [storableText(name), storable(item)]),
  );
}
