import { saidOfAnswer } from './about-answer.ts';
import type { Problem } from './problem.ts';
import type { Said, Saying } from './said.ts';
import { type AboutAnswer, useMyFeedback } from './use-my-feedback.ts';

export interface FeedbackOnAnswer {
  readonly said: Said;
  readonly loading: 'waiting' | 'done' | 'failed';
  /** Something is on its way to the server. */
  readonly pending: boolean;
  /** The server keeps something. */
  readonly kept: boolean;
  readonly problem: Problem | null;
  readonly say: (what: Saying) => Promise<boolean>;
  readonly takeBack: () => Promise<boolean>;
  readonly reload: () => Promise<void>;
  readonly putProblemAway: () => void;
}

/** Feedback on an answer as a whole: thumbs, stars, dimensions, reasons, comment, correction. */
export function useFeedback(about: AboutAnswer): FeedbackOnAnswer {
  const [state, store] = useMyFeedback(about);
  return {
    said: saidOfAnswer(state),
    loading: state.loading,
    pending: state.wishes.has('answer'),
    kept: state.kept.has('answer'),
    problem: state.problem,
    say: (what) => store.say('answer', what),
    takeBack: () => store.takeBack('answer'),
    reload: store.load,
    putProblemAway: store.putProblemAway,
  };
}
