import type { ReviewDecision } from '@attune/contracts';
import { api } from '../../shell/api.ts';

const LOOK_MS = 500;

/** Looks how far a decision in the background is until it is over, and tells each time; null at the end. */
export async function untilOver(
  decision: ReviewDecision,
  tell: (running: ReviewDecision | null) => void,
): Promise<ReviewDecision> {
  let now = decision;
  try {
    while (now.state === 'running' || now.state === 'undoing') {
      tell(now);
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
      now = await api.getReviewDecision({ params: { id: decision.id } });
    }
  } finally {
    tell(null);
  }
  return now;
}
