import type { TrainableFeedback } from '../trainable.ts';

/** Oldest first; what came at the same time by id, so that the order never depends on how it was read. */
export function byAge(a: TrainableFeedback, b: TrainableFeedback): number {
  return a.createdAt.getTime() - b.createdAt.getTime() || (a.id < b.id ? -1 : 1);
}
