/**
 * JSON text that PostgreSQL's jsonb takes. It has no NUL character and no lone surrogates, which models and clients do
 * send: both become U+FFFD.
 */
export function storableJson(value: unknown): string {
  const text = JSON.stringify(value);
  // JSON.stringify escapes exactly these; a backslash before may be text, so a hit only means a closer look.
  return /\\u(0000|d[89a-f])/.test(text) ? JSON.stringify(value, (_, part) => storableValue(part)) : text;
}

/** A text without what PostgreSQL cannot store. */
export function storableText(text: string): string {
  return text.replaceAll('\0', '\uFFFD').toWellFormed();
}

function storableValue(part: unknown): unknown {
  if (typeof part === 'string') return storableText(part);
  if (part === null || typeof part !== 'object' || Array.isArray(part)) return part;
  return Object.fromEntries(Object.entries(part).map(([name, value]) => [storableText(name), value]));
}
