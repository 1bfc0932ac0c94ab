/** How much personal data is found, and how much of what is found is personal data, on `pii-sentences.txt`. */
import { readFile } from 'node:fs/promises';
import { type Estimate, findPii, type PiiKind, type PiiSpan, piiKinds, wilson } from '@attune/core';

interface Sentence {
  readonly text: string;
  readonly spans: PiiSpan[];
}

/** Share found and share right, each with Wilson's 95 % interval. */
interface Figures {
  readonly recall: Estimate;
  readonly precision: Estimate;
}

/**
 * Recall counts a piece as found when all of it would be masked, as whatever kind; precision counts a find as right
 * when it touches labelled data. The sentences and the rules are by the same hand, so that real texts will do worse.
 */
export async function pii() {
  const lines = (await readFile(new URL('./pii-sentences.txt', import.meta.url), 'utf8')).split('\n');
  const sentences = lines.filter((line) => line !== '' && !line.startsWith('#')).map(sentenceOf);
  const kinds = piiKinds.map((kind) => [kind, figures(sentences, kind)] as const);
  return {
    sentences: sentences.length,
    without_any: sentences.filter(({ spans }) => spans.length === 0).length,
    all: figures(sentences),
    kinds: Object.fromEntries(kinds),
    missed: sentences.flatMap(({ text, spans }) =>
      spans.filter((span) => !covered(span, findPii(text))).map((span) => show(text, span)),
    ),
    wrong: sentences.flatMap(({ text, spans }) =>
      findPii(text)
        .filter((find) => !touches(find, spans))
        .map((find) => show(text, find)),
    ),
  };
}

const marked = /\{(\w+)\|([^}]*)\}/g;

function sentenceOf(line: string): Sentence {
  const spans: PiiSpan[] = [];
  let text = '';
  let at = 0;
  for (const match of line.matchAll(marked)) {
    text += line.slice(at, match.index);
    const [whole, kind, content = ''] = match;
    const known = piiKinds.find((one) => one === kind);
    if (known === undefined) throw new Error(`no kind ${kind} in: ${line}`);
    spans.push({ start: text.length, end: text.length + content.length, kind: known });
    text += content;
    at = match.index + whole.length;
  }
  return { text: text + line.slice(at), spans };
}

function figures(sentences: readonly Sentence[], kind?: PiiKind): Figures {
  const ofKind = (span: PiiSpan) => kind === undefined || span.kind === kind;
  const recalled: boolean[] = [];
  const right: boolean[] = [];
  for (const { text, spans } of sentences) {
    const found = findPii(text);
    recalled.push(...spans.filter(ofKind).map((span) => covered(span, found)));
    right.push(...found.filter(ofKind).map((find) => touches(find, spans)));
  }
  return { recall: share(recalled), precision: share(right) };
}

function share(outcomes: readonly boolean[]): Estimate {
  return wilson(outcomes.filter(Boolean).length, outcomes.length);
}

function covered({ start, end }: PiiSpan, found: readonly PiiSpan[]): boolean {
  return Array.from({ length: end - start }, (_, offset) => start + offset).every((at) =>
    found.some((find) => find.start <= at && at < find.end),
  );
}

function touches(find: PiiSpan, spans: readonly PiiSpan[]): boolean {
  return spans.some(({ start, end }) => start < find.end && find.start < end);
}

function show(text: string, { start, end, kind }: PiiSpan): string {
  return `${kind}: ${text.slice(0, start)}[${text.slice(start, end)}]${text.slice(end)}`;
}

if (import.meta.main) process.stdout.write(`${JSON.stringify(await pii(), null, 2)}\n`);
