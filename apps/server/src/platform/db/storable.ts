/**
 * A text as PostgreSQL takes it: it stores neither the character NUL nor half of a surrogate pair, which models and
 * clients do send. Both become U+FFFD: a text with a broken character is worth more than none.
 */
export function storableText(text: string): string {
  return text.replaceAll('\0', '\uFFFD').toWellFormed();
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

/** A value as JSON text that PostgreSQL's jsonb takes. */
export function storableJson(value: unknown): string {
  const text = JSON.stringify(value);
  // JSON.stringify escapes exactly these; a backslash before may be text, so a hit only means a closer look.
  return /\\u(0000|d[89a-f])/.test(text) ? JSON.stringify(storable(JSON.parse(text))) : text;
}
