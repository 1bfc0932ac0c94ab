import { createReadStream } from 'node:fs';
import { utf8Text } from './utf8-text.ts';

const LINE_FEED = 0x0a;

/**
 * The lines of a text file, without loading it whole. Only LF and CR LF end a line: JSON allows U+2028 within a
 * string, and a quoted CSV cell may hold a CR.
 * @throws UsageError where the file is not UTF-8
 */
export async function* readLines(file: string): AsyncGenerator<string> {
  let line = 0;
  const decoded = (bytes: Buffer): string => {
    line += 1;
    return withoutReturn(utf8Text(bytes, `Line ${line} of ${file}`));
  };
  let rest = Buffer.alloc(0);
  for await (const part of createReadStream(file)) {
    let bytes = Buffer.concat([rest, part]);
    for (let end = bytes.indexOf(LINE_FEED); end !== -1; end = bytes.indexOf(LINE_FEED)) {
      yield decoded(bytes.subarray(0, end));
      bytes = bytes.subarray(end + 1);
    }
    rest = bytes;
  }
  if (rest.length > 0) yield decoded(rest);
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}
