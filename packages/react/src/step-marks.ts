import type { StepMark } from '@attune/contracts';
import type { MyFeedbackState } from './my-feedback.ts';

const marks = ['good', 'neutral', 'bad'] as const;

/** The mark that a person gave a step, with what is still on its way; null where there is none. */
export function markOfStep({ kept, wishes }: MyFeedbackState, index: number): StepMark['mark'] | null {
  const last = wishes.get(stepTarget(index))?.at(-1);
  if (last !== undefined) return 'takeBack' in last ? null : (last.say.step?.mark ?? null);
  const value: unknown = kept.get(stepTarget(index))?.feedback_value.step;
  const mark = typeof value === 'object' && value !== null && 'mark' in value ? value.mark : null;
  return marks.find((known) => known === mark) ?? null;
}

/** Name of a step's feedback. */
export function stepTarget(index: number): string {
  return `step:${index}`;
}
