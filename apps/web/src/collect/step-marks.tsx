import type { AnswerStep, StepMark } from '@attune/contracts';
import { useStepFeedback } from '@attune/react';
import { Circle, ThumbsDown, ThumbsUp } from 'lucide-react';
import type { About } from './about.ts';
import { useFeedbackLabels } from './feedback-labels.ts';

const icons = { good: ThumbsUp, neutral: Circle, bad: ThumbsDown };
const marks = ['good', 'neutral', 'bad'] as const;

/** A mark on one reasoning or tool step; the same mark again takes it back. */
export function StepMarks({ about, step }: { about: About; step: AnswerStep }) {
  const labels = useFeedbackLabels();
  const { markOf, mark, takeBack } = useStepFeedback(about);
  const given = markOf(step.index);
  const names = { good: labels.stepGood, neutral: labels.stepNeutral, bad: labels.stepBad };
  const choose = (chosen: StepMark['mark']) =>
    void (given === chosen ? takeBack(step.index) : mark(step, chosen));
  return (
    <fieldset aria-label={labels.step(step.index + 1)} className="flex shrink-0 gap-0.5">
      {marks.map((name) => {
        const Icon = icons[name];
        return (
          <button
            key={name}
            type="button"
            aria-label={names[name]}
            title={names[name]}
            aria-pressed={given === name}
            className="grid size-8 place-items-center rounded-lg text-faint hover:bg-sunken hover:text-ink aria-pressed:bg-accent-wash aria-pressed:text-accent-strong pointer-coarse:size-11"
            onClick={() => choose(name)}
          >
            <Icon aria-hidden className="size-4" strokeWidth={1.8} />
          </button>
        );
      })}
    </fieldset>
  );
}
