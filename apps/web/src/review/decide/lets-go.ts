import type { ReviewAction } from '@attune/contracts';

type Action = ReviewAction['action'];

const finalActions: ReadonlySet<Action> = new Set(['approve', 'reject', 'flag', 'correct', 'skip']);

/** Whether one is done with an item after this. */
export function letsGo(action: Action): boolean {
  return finalActions.has(action);
}
