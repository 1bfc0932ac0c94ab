import type { LabelledStep } from './labelled-steps.ts';

/** A note on a part of an answer; offsets in UTF-16 code units, the end exclusive. */
export interface NotedPart {
  start: number;
  end: number;
  label: string;
  comment: string | null;
}

/** Labels that praise; every other note says that something is wrong there. */
const praise = new Set([
  'good',
  'great',
  'correct',
  'right',
  'helpful',
  'praise',
  'tốt',
  'đúng',
  'hay',
  'hữu ích',
]);

/**
 * The sentences of an answer that somebody annotated, each wrong where a note that finds fault touches it. Whoever notes
 * has read the whole answer, so that a sentence without a note counts as right.
 */
export function notedSentences(answer: string, notes: readonly NotedPart[]): LabelledStep[] {
  const faults = notes.filter(({ label }) => !praise.has(label.trim().toLowerCase()));
  return sentencesOf(answer).map(({ start, end, text }) => {
    const touching = faults.filter((note) => note.start < end && start < note.end);
    const comment = touching
      .map((note) => [note.label, note.comment ?? ''].filter(Boolean).join(': '))
      .join('; ');
    return { text, label: touching.length === 0, ...(comment === '' ? {} : { comment }) };
  });
}

interface Sentence {
  start: number;
  end: number;
  text: string;
}

/** A sentence ends at a line break, or with its mark where a space follows. */
function sentencesOf(text: string): Sentence[] {
  return [...text.matchAll(/[^\n]+?(?:[.!?…。！？]+(?=\s|$)|(?=\n|$))/gu)].flatMap(({ 0: part, index }) => {
    const trimmed = part.trim();
    if (trimmed === '') return [];
    const start = index + part.indexOf(trimmed);
    return [{ start, end: start + trimmed.length, text: trimmed }];
  });
}
