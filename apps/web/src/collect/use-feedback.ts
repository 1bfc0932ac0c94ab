import type { Feedback } from '@attune/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../shell/api.ts';
import { useSay } from '../shell/messages.tsx';
import { statementOf, type Wish, withWish } from './statement.ts';

/**
 * What a person says about an answer, shown at once. When the server refuses, what it kept is shown again and a message
 * says why.
 */
export function useFeedback(
  responseId: string,
  feedback: Feedback | null,
  onSaid: (feedback: Feedback) => void,
) {
  const queries = useQueryClient();
  const { sayError } = useSay();
  const sending = useMutation({
    // One after the other, so that the last word is the one that stays.
    scope: { id: `feedback of ${responseId}` },
    mutationFn: (wish: Wish) => api.giveFeedback({ body: { response_id: responseId, ...wish } }),
    onSuccess: async (kept) => {
      onSaid(kept);
      await queries.invalidateQueries({ queryKey: ['feedback'] });
    },
    onError: sayError,
  });
  const waiting = sending.isPending ? sending.variables : {};
  const kept = statementOf(feedback);
  return {
    statement: withWish(kept, waiting),
    pending: sending.isPending,
    /** Says something more; what is still on its way is said again with it. */
    wish: (wish: Wish) => sending.mutate({ ...waiting, ...wish }),
    /** The same, and tells whether it was taken. */
    wishAndWait: (wish: Wish) =>
      sending.mutateAsync({ ...waiting, ...wish }).then(
        () => true,
        () => false,
      ),
  };
}
