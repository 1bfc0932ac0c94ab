/** One record of a CSV text: its cells and the line it begins on. */
export interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
  /** A quote in it is never closed: it holds the rest of the text. */
  readonly open: boolean;
}

/**
 * The records of a CSV text (RFC 4180): quoted cells may hold delimiters, line breaks and doubled quotes. Empty lines are
 * left out.
 */
export function csvRecords(text: string, delimiter: string): CsvRecord[] {
  const records: CsvRecord[] = [];
  let line = 1;
  let begins = 1;
  let cells: string[] = [];
  let cell = '';
  let quoted = false;
  const endRecord = () => {
    cells.push(cell);
    if (cells.length > 1 || cells[0]?.trim() !== '') records.push({ line: begins, cells, open: quoted });
    cells = [];
    cell = '';
  };
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '\n') line += 1;
    if (quoted && character === '"' && text[at + 1] === '"') {
      cell += '"';
      at += 1;
    } else if (character === '"' && (quoted || cell === '')) quoted = !quoted;
    else if (quoted) cell += character;
    else if (character === delimiter) {
      cells.push(cell);
      cell = '';
    } else if (character === '\n') {
      endRecord();
      begins = line;
    } else if (character !== '\r') cell += character;
  }
  endRecord();
  return records;
}
