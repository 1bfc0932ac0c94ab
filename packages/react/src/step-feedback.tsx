import type { StepMark } from '@attune/contracts';
import { ProblemNotice } from './problem-notice.tsx';
import { useAttune } from './provider.tsx';
import type { AboutAnswer } from './use-my-feedback.ts';
import { useStepFeedback } from './use-step-feedback.ts';

export interface StepFeedbackProps extends AboutAnswer {
  /** Number of the step within the answer, from 0. */
  index: number;
  kind: StepMark['kind'];
}

const signs = { good: '+', neutral: '○', bad: '−' } as const;

/** A mark on one reasoning or tool step; the same mark again takes it back. */
export function StepFeedback({ index, kind, ...about }: StepFeedbackProps) {
  const { labels } = useAttune();
  const { markOf, mark, takeBack, problem, putProblemAway } = useStepFeedback(about);
  const given = markOf(index);
  const names = { good: labels.stepGood, neutral: labels.stepNeutral, bad: labels.stepBad };
  const choose = (chosen: StepMark['mark']) =>
    void (given === chosen ? takeBack(index) : mark({ index, kind }, chosen));
  return (
    <div className="attune-step">
      <fieldset className="attune-row" aria-label={labels.step(index + 1)}>
        {(['good', 'neutral', 'bad'] as const).map((name) => (
          <button
            key={name}
            type="button"
            className="attune-mark"
            aria-label={names[name]}
            aria-pressed={given === name}
            onClick={() => choose(name)}
          >
            {signs[name]}
          </button>
        ))}
      </fieldset>
      <ProblemNotice problem={problem} onDismiss={putProblemAway} />
    </div>
  );
}
