const NUL = '\0';

/**
 * A text as PostgreSQL takes it: it stores neither the character NUL nor half of a surrogate pair, so both become
 * U+FFFD. The same goes for every text within a JSON value.
 */
export function storable<T>(value: T): T;
export function storable(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll(NUL, '\uFFFD').toWellFormed();
  if (Array.isArray(value)) return value.map((item) => storable(item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, storable(item)]));
}
