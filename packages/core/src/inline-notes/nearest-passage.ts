import { matches, type Quote, type Span } from './matches.ts';

/** Characters at an end of a passage by which it is recognised although its middle has changed. */
const SEED = 8;
/** Fewer say too little to recognise anything by. */
const LEAST_SEED = 4;
const MOST_ENDS = 40;
/** Comparisons of characters, however long the quote. */
const MOST_WORK = 2_000_000;
/** Least likeness of a passage that is taken for the quote, 0 to 1. */
const LEAST_LIKENESS = 0.7;

/**
 * The passage most like a quote that does not occur as it is. It begins where the quote begins or its prefix ends, and
 * ends where the quote ends or its suffix begins; what has changed lies between. Likeness is the Dice coefficient of
 * pairs of neighbouring characters (Dice 1945), at least 0.7.
 */
export function nearestPassage(text: string, quote: Quote): Span | null {
  const { exact, prefix, suffix } = quote;
  const seed = Math.min(SEED, Math.floor(exact.length / 3));
  const starts = [
    ...seeds(text, exact.slice(0, seed)).map(({ start }) => start),
    ...seeds(text, prefix.slice(-SEED)).map(({ end }) => end),
  ];
  const ends = [
    ...seeds(text, exact.slice(exact.length - seed)).map(({ end }) => end),
    ...seeds(text, suffix.slice(0, SEED)).map(({ start }) => start),
  ];
  const whole = starts.flatMap((start) => ends.map((end) => ({ start, end })));
  const half = [
    ...starts.map((start) => ({ start, end: Math.min(text.length, start + exact.length) })),
    ...ends.map((end) => ({ start: Math.max(0, end - exact.length), end })),
  ];
  return mostAlike(text, exact, whole) ?? mostAlike(text, exact, half);
}

function seeds(text: string, seed: string): Span[] {
  return seed.length < LEAST_SEED ? [] : matches(text, seed).slice(0, MOST_ENDS);
}

/** Spans of about the length of the quote, those of nearest length first. */
function comparable(spans: readonly Span[], length: number): Span[] {
  const off = ({ start, end }: Span) => Math.abs(end - start - length);
  return spans
    .filter((span) => span.end > span.start && off(span) <= length / 2)
    .sort((a, b) => off(a) - off(b))
    .slice(0, Math.max(1, Math.floor(MOST_WORK / length)));
}

function mostAlike(text: string, exact: string, spans: readonly Span[]): Span | null {
  const wanted = pairsOf(exact);
  let best: Span | null = null;
  let most = LEAST_LIKENESS;
  for (const span of comparable(spans, exact.length)) {
    const likeness = dice(wanted, exact.length - 1, text.slice(span.start, span.end));
    if (likeness > most || (likeness === most && best === null)) {
      best = span;
      most = likeness;
    }
  }
  return best;
}

function pairsOf(text: string): Map<string, number> {
  const pairs = new Map<string, number>();
  for (let at = 0; at < text.length - 1; at += 1) {
    const pair = text.slice(at, at + 2);
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  }
  return pairs;
}

/** Twice the pairs that two texts share, as a part of all their pairs. */
function dice(wanted: ReadonlyMap<string, number>, total: number, text: string): number {
  let shared = 0;
  for (const [pair, count] of pairsOf(text)) shared += Math.min(count, wanted.get(pair) ?? 0);
  const all = total + text.length - 1;
  return all <= 0 ? 0 : (2 * shared) / all;
}
