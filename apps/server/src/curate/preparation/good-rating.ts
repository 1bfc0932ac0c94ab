/** Stars from which a reward model takes an answer as good. */
export const GOOD_FROM = 4;

export function isGood(rating: number): boolean {
  return rating >= GOOD_FROM;
}
