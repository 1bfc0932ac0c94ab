import type { Feedback } from '@attune/contracts';

/** What a person said about a step, a passage or two candidates of an answer. */
export interface PartSaid {
  readonly stepIndex: number | null;
  readonly mark: 'good' | 'neutral' | 'bad' | null;
  readonly quote: string | null;
  readonly label: string | null;
  readonly severity: 'minor' | 'major' | 'critical' | null;
  readonly verdict: 'left' | 'right' | 'tie' | 'both_bad' | null;
  readonly comment: string | null;
}

const marks = ['good', 'neutral', 'bad'] as const;
const severities = ['minor', 'major', 'critical'] as const;
const verdicts = ['left', 'right', 'tie', 'both_bad'] as const;

function fieldsOf(value: unknown): ReadonlyMap<string, unknown> {
  return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : []);
}

function textIn(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function oneOf<Value extends string>(value: unknown, options: readonly Value[]): Value | null {
  return options.find((option) => option === value) ?? null;
}

/** Reads what is stored of a feedback on a part; null for one on the answer as a whole. */
export function partSaid({ target, feedback_value }: Feedback): PartSaid | null {
  if (target === 'answer') return null;
  const step = fieldsOf(feedback_value.step);
  const note = fieldsOf(feedback_value.note);
  const comparison = fieldsOf(feedback_value.comparison);
  const index = step.get('index');
  return {
    stepIndex: typeof index === 'number' ? index : null,
    mark: oneOf(step.get('mark'), marks),
    quote: textIn(fieldsOf(note.get('quote')).get('exact')),
    label: textIn(note.get('label')),
    severity: oneOf(note.get('severity'), severities),
    verdict: oneOf(comparison.get('verdict'), verdicts),
    comment: textIn(step.get('comment')) ?? textIn(note.get('comment')),
  };
}
