import type { Feedback } from '@attune/contracts';
import { useEffect, useSyncExternalStore } from 'react';
import type { MyFeedback, MyFeedbackState } from './my-feedback.ts';
import { useAttune } from './provider.tsx';

/** Which answer is spoken of, and by what right. */
export interface AboutAnswer {
  responseId: string;
  /** The `feedback_token` that came with the answer; not needed where a session cookie serves. */
  feedbackToken?: string | undefined;
  /** All that the person said about it before, where the page knows that already: saves a request for each answer. */
  known?: readonly Feedback[] | undefined;
}

/** What the person said about an answer, and the ways to say more. */
export function useMyFeedback({
  responseId,
  feedbackToken,
  known,
}: AboutAnswer): [MyFeedbackState, MyFeedback] {
  const store = useAttune().feedbackOn(responseId, feedbackToken, known);
  useEffect(() => {
    if (store.state().loading === 'waiting') void store.load();
  }, [store]);
  return [useSyncExternalStore(store.subscribe, store.state, store.state), store];
}
