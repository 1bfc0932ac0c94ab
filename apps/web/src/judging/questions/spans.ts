/** A passage of a response, in code units: from `start` up to `end`. */
export interface Passage {
  readonly response: string;
  readonly start: number;
  readonly end: number;
}

/** A marked passage. */
export interface Mark extends Passage {
  readonly label: string;
}

/** A piece of a text that is marked and selected alike from end to end. */
export interface Segment {
  readonly text: string;
  readonly start: number;
  /** Labels of the marks over it. */
  readonly labels: readonly string[];
  readonly selected: boolean;
}

/** A text in pieces, cut wherever a mark or the selection begins or ends. */
export function segmentsOf(text: string, marks: readonly Mark[], selected: Passage | null): Segment[] {
  const spans = selected === null ? marks : [...marks, selected];
  const cuts = new Set([0, text.length, ...spans.flatMap(({ start, end }) => [start, end])]);
  const points = [...cuts].filter((point) => point <= text.length).sort((a, b) => a - b);
  return points.slice(0, -1).map((start, index) => {
    const end = points[index + 1] ?? text.length;
    const covers = (span: Passage) => span.start <= start && span.end >= end;
    return {
      text: text.slice(start, end),
      start,
      labels: marks.filter(covers).map(({ label }) => label),
      selected: selected !== null && covers(selected),
    };
  });
}

interface Word {
  readonly start: number;
  readonly end: number;
}

function wordsOf(text: string): Word[] {
  return [...text.matchAll(/\S+/g)].map(({ 0: word, index }) => ({ start: index, end: index + word.length }));
}

/** The first word of a response; null where it has none. */
export function firstWord(response: string, text: string): Passage | null {
  const [word] = wordsOf(text);
  return word === undefined ? null : { response, ...word };
}

/** The word after or before a passage, instead of it; at the end of the text it stays. */
export function wordBeside(passage: Passage, text: string, by: 1 | -1): Passage {
  const words = wordsOf(text);
  const word =
    by === 1
      ? words.find(({ start }) => start >= passage.end)
      : words.findLast(({ end }) => end <= passage.start);
  return word === undefined ? passage : { response: passage.response, ...word };
}

/** A passage with one word more or less at its end; never less than one. */
export function stretched(passage: Passage, text: string, by: 1 | -1): Passage {
  const words = wordsOf(text);
  const end =
    by === 1
      ? words.find((word) => word.end > passage.end)?.end
      : words.findLast((word) => word.end < passage.end && word.end > passage.start)?.end;
  return end === undefined ? passage : { ...passage, end };
}
