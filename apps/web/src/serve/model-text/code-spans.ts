/** A part of a Markdown text. */
export interface Part {
  readonly text: string;
  readonly code: boolean;
}

/**
 * A text in parts, code apart from the rest: between two runs of backticks of one length, or from a fence that was not
 * closed yet to the end. Takes time linear in the text.
 */
export function codeApart(text: string): Part[] {
  const runs = [...text.matchAll(/`+/g)];
  const closing = closingRuns(runs);
  const parts: Part[] = [];
  let done = 0;
  const add = (end: number, code: boolean) => {
    if (end > done) parts.push({ text: text.slice(done, end), code });
    done = Math.max(done, end);
  };
  for (const [number, run] of runs.entries()) {
    if (run.index < done) continue;
    const end = closing[number] ?? (isFence(text, run) ? text.length : null);
    if (end === null) continue;
    add(run.index, false);
    add(end, true);
  }
  add(text.length, false);
  return parts;
}

/** For each run where the next run of its length ends; null where there is none. */
function closingRuns(runs: readonly RegExpExecArray[]): (number | null)[] {
  const nextOfLength = new Map<number, number>();
  return runs
    .toReversed()
    .map(({ index, 0: { length } }) => {
      const closing = nextOfLength.get(length) ?? null;
      nextOfLength.set(length, index + length);
      return closing;
    })
    .reverse();
}

function isFence(text: string, { index, 0: { length } }: RegExpExecArray): boolean {
  return length >= 3 && (index === 0 || text[index - 1] === '\n');
}
