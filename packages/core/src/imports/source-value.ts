/** A row of another tool, as JSON. */
export type SourceRow = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is SourceRow {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What a path names, such as `inputs.messages[0].content`; undefined where there is nothing. */
export function valueAt(row: unknown, path: string): unknown {
  let value = row;
  for (const [, name, index] of path.matchAll(/([^.[\]]+)|\[(\d+)\]/g)) {
    if (name !== undefined) value = isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined;
    else value = Array.isArray(value) ? value[Number(index)] : undefined;
  }
  return value;
}

/** How deep and wide paths are listed: what lies deeper is no field of a row. */
const DEPTH = 4;
const ITEMS = 3;

/** Every path of a row that ends in a text, number or truth value. */
export function pathsOf(value: unknown, prefix = '', depth = DEPTH): string[] {
  if (isPlain(value)) return prefix === '' ? [] : [prefix];
  if (depth === 0) return [];
  if (Array.isArray(value)) {
    return value.slice(0, ITEMS).flatMap((item, at) => pathsOf(item, `${prefix}[${at}]`, depth - 1));
  }
  if (!isRecord(value)) return [];
  return Object.entries(value)
    .filter(([name]) => /^[^.[\]]+$/.test(name))
    .flatMap(([name, item]) => pathsOf(item, prefix === '' ? name : `${prefix}.${name}`, depth - 1));
}

function isPlain(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

/** Text that holds JSON as what it holds: CSV exports keep nested values so. */
export function unpacked(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch (error) {
    // A text may well begin with a bracket.
    if (error instanceof SyntaxError) return value;
    throw error;
  }
}
