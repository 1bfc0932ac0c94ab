/** Names of what `surfaceFeatures` returns, in order. */
export const SURFACE_FEATURES = [
  'log_length',
  'distinct_words',
  'lines',
  'list_items',
  'sentence_length',
  'question_marks',
  'exclamation_marks',
  'colons',
  'commas',
  'digits',
  'capitals',
  'code',
  'ends_closed',
] as const;

/** How an answer looks, whatever was asked. Counts enter as ln(1 + count), shares per word or character. */
export function surfaceFeatures(text: string, words: Uint32Array): number[] {
  const marks = countMarks(text);
  const wordCount = Math.max(1, words.length);
  const characters = Math.max(1, text.length);
  return [
    Math.log1p(words.length),
    new Set(words).size / wordCount,
    Math.log1p(marks.lines),
    Math.log1p(text.match(/^\s*(?:[-*•]|\d+[.)])\s/gm)?.length ?? 0),
    Math.log1p(words.length / (1 + marks.sentences)),
    Math.log1p(marks.questions),
    Math.log1p(marks.exclamations),
    Math.log1p(marks.colons),
    (10 * marks.commas) / wordCount,
    (10 * marks.digits) / characters,
    (10 * marks.capitals) / characters,
    text.includes('```') ? 1 : 0,
    /[.!?。！？)"'”’`]\s*$/.test(text.slice(-20)) ? 1 : 0,
  ];
}

interface Marks {
  lines: number;
  sentences: number;
  questions: number;
  exclamations: number;
  colons: number;
  commas: number;
  digits: number;
  capitals: number;
}

/** One pass over the characters; several regular expressions would cost most of the time of scoring. */
function countMarks(text: string): Marks {
  const marks = {
    lines: 0,
    sentences: 0,
    questions: 0,
    exclamations: 0,
    colons: 0,
    commas: 0,
    digits: 0,
    capitals: 0,
  };
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 97 && code <= 122) continue;
    if (code >= 65 && code <= 90) marks.capitals++;
    else if (code >= 48 && code <= 57) marks.digits++;
    else countMark(marks, code, text.charCodeAt(i + 1));
  }
  return marks;
}

function countMark(marks: Marks, code: number, next: number): void {
  const endsWord = Number.isNaN(next) || next <= 32;
  if (code === 10) marks.lines++;
  else if (code === 44) marks.commas++;
  else if (code === 58) marks.colons++;
  else if (code === 46) marks.sentences += endsWord ? 1 : 0;
  else if (code === 63) {
    marks.questions++;
    marks.sentences += endsWord ? 1 : 0;
  } else if (code === 33) {
    marks.exclamations++;
    marks.sentences += endsWord ? 1 : 0;
  }
}
