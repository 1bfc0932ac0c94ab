import { createReadStream } from 'node:fs';

/**
 * The lines of a text file, without loading it whole. Only LF and CR LF end a line: JSON allows U+2028 within a
 * string, and a quoted CSV cell may hold a CR.
 */
export async function* readLines(file: string): AsyncGenerator<string> {
  let rest = '';
  for await (const part of createReadStream(file, 'utf8')) {
    const lines = `${rest}${part}`.split('\n');
    rest = lines.pop() ?? '';
    yield* lines.map(withoutReturn);
  }
  if (rest !== '') yield withoutReturn(rest);
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}
