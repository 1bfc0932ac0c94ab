import { type CompareOffer, comparisonTarget, type Verdict, verdictOn, voteOf } from './comparison.ts';
import { type AboutAnswer, useMyFeedback } from './use-my-feedback.ts';

/** A choice between the delivered answer and another candidate. */
export function useComparison(about: AboutAnswer, offer: CompareOffer) {
  const [state, store] = useMyFeedback(about);
  const target = comparisonTarget(offer);
  return {
    verdict: verdictOn(state, offer),
    decide: (verdict: Verdict, strength?: number) =>
      store.say(target, { comparison: voteOf(offer, verdict, strength) }),
    takeBack: () => store.takeBack(target),
    problem: state.problem,
    putProblemAway: store.putProblemAway,
  };
}
