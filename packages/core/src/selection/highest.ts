import type { Contender } from './candidate.ts';

/** The contender with the highest score, the earliest on a tie, with certainty. */
export function highest(contenders: readonly Contender[]): number[] {
  const top = Math.max(...contenders.map(({ score }) => score));
  const winner = contenders.findIndex(({ score }) => score === top);
  return contenders.map((_, index) => (index === winner ? 1 : 0));
}
