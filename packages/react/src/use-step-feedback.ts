import type { StepMark } from '@attune/contracts';
import { markOfStep, stepTarget } from './step-marks.ts';
import { type AboutAnswer, useMyFeedback } from './use-my-feedback.ts';

type Step = Pick<StepMark, 'index' | 'kind'>;

/** Marks on the reasoning and tool steps of an answer. */
export function useStepFeedback(about: AboutAnswer) {
  const [state, store] = useMyFeedback(about);
  return {
    markOf: (index: number) => markOfStep(state, index),
    mark: ({ index, kind }: Step, mark: StepMark['mark'], comment?: string) =>
      store.say(stepTarget(index), {
        step: { index, kind, mark, ...(comment !== undefined && { comment }) },
      }),
    takeBack: (index: number) => store.takeBack(stepTarget(index)),
    problem: state.problem,
    putProblemAway: store.putProblemAway,
  };
}
