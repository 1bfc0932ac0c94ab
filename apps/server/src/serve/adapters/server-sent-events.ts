/**
 * Reads server-sent events (WHATWG HTML, section 9.2.6): yields the data of each event, lines joined. Event names,
 * ids, comments and an unfinished last event are dropped.
 * @param pieces text cut anywhere, also within a line
 */
export async function* eventData(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = '';
  let data: string[] = [];
  for await (const piece of pieces) {
    const lines = splitLines(rest + piece);
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line === '') {
        if (data.length > 0) yield data.join('\n');
        data = [];
      } else if (line.startsWith('data:')) data.push(line.slice(line[5] === ' ' ? 6 : 5));
    }
  }
}

/** Lines with the unfinished one last. A trailing carriage return may be half of a line break: it stays there. */
function splitLines(text: string): string[] {
  if (!text.includes('\r')) return text.split('\n');
  const held = text.endsWith('\r') ? '\r' : '';
  const lines = text.slice(0, text.length - held.length).split(/\r\n|\n|\r/);
  lines.push((lines.pop() ?? '') + held);
  return lines;
}
