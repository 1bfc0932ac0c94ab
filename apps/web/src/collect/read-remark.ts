import type { Feedback } from '@attune/contracts';

/** What is shown of feedback on a part of an answer. */
export type ReadRemark =
  | { kind: 'step'; index: number; title: string | null; mark: 'good' | 'neutral' | 'bad' }
  | { kind: 'note'; quote: string; label: string; severity: 'minor' | 'major' | 'critical' }
  | { kind: 'comparison'; verdict: 'left' | 'right' | 'tie' | 'both_bad'; left: string; right: string };

/** Reads it from what the server keeps; null where it is about the answer as a whole, or written by hand otherwise. */
export function remarkIn({ feedback_value: value }: Feedback): ReadRemark | null {
  return (
    stepIn(fieldsOf(value.step)) ?? noteIn(fieldsOf(value.note)) ?? comparisonIn(fieldsOf(value.comparison))
  );
}

type Fields = ReadonlyMap<string, unknown>;

function fieldsOf(value: unknown): Fields {
  return new Map<string, unknown>(typeof value === 'object' && value !== null ? Object.entries(value) : []);
}

function oneOf<Word extends string>(words: readonly Word[], value: unknown): Word | undefined {
  return words.find((word) => word === value);
}

function stepIn(step: Fields): ReadRemark | null {
  const mark = oneOf(['good', 'neutral', 'bad'], step.get('mark'));
  const [index, title] = [step.get('index'), step.get('title')];
  if (mark === undefined || typeof index !== 'number') return null;
  return { kind: 'step', index, title: typeof title === 'string' ? title : null, mark };
}

function noteIn(note: Fields): ReadRemark | null {
  const severity = oneOf(['minor', 'major', 'critical'], note.get('severity'));
  const [label, quote] = [note.get('label'), fieldsOf(note.get('quote')).get('exact')];
  if (severity === undefined || typeof label !== 'string' || typeof quote !== 'string') return null;
  return { kind: 'note', quote, label, severity };
}

function comparisonIn(comparison: Fields): ReadRemark | null {
  const verdict = oneOf(['left', 'right', 'tie', 'both_bad'], comparison.get('verdict'));
  const [left, right] = [comparison.get('left_text'), comparison.get('right_text')];
  if (verdict === undefined || typeof left !== 'string' || typeof right !== 'string') return null;
  return { kind: 'comparison', verdict, left, right };
}
