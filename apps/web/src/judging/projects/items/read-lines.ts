/** What a file of JSON lines holds. */
export interface ReadLines {
  readonly rows: { line: number; data: Record<string, unknown> }[];
  /** Numbers of the lines that are no JSON object. */
  readonly bad: number[];
}

/** Reads JSON lines; empty ones are passed over, line numbers start at 1. */
export function readLines(text: string): ReadLines {
  const rows: ReadLines['rows'] = [];
  const bad: number[] = [];
  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    if (line.trim() === '') continue;
    const data = objectIn(line);
    if (data === null) bad.push(index + 1);
    else rows.push({ line: index + 1, data });
  }
  return { rows, bad };
}

function objectIn(line: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}
