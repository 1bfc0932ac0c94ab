/** What is known of an answer, for how much its review would teach a reward model. */
export interface TeachingSigns {
  /** The reward model's score, 0 to 1; null where there is none. */
  readonly score: number | null;
  /** Stars, 1 to 5 (thumbs count as 1 and 5); null where the person gave none. */
  readonly rating: number | null;
}

const WEIGHTS = { uncertainty: 0.4, disagreement: 0.4, negativity: 0.2 };

/** A rating on the scale of scores: 1 star is 0, 5 stars are 1. */
export function ratingAsScore(rating: number): number {
  return (rating - 1) / 4;
}

/** How far score and rating lie apart, 0 to 1; null unless both are known. */
export function disagreement({ score, rating }: TeachingSigns): number | null {
  return score === null || rating === null ? null : Math.abs(score - ratingAsScore(rating));
}

/**
 * How much the review of an answer teaches a reward model, 0 to 1:
 *
 *     0.4 · uncertainty + 0.4 · disagreement + 0.2 · negativity
 *
 * uncertainty = 1 − |2·score − 1|, the least-confidence measure for two classes scaled to 0–1 (B. Settles, "Active
 * Learning Literature Survey", University of Wisconsin TR 1648, 2009, section 3.1); disagreement = |score − rating|
 * with the rating on the scale of scores, a surrogate for the expected error (ibid., section 3.3); negativity =
 * 1 − rating, since complaints are worth reading first. An answer without a score counts as one at 0.5, of which the
 * model knows nothing; without a rating, disagreement and negativity are 0. The weights are Attune's own.
 */
export function teachingPriority({ score, rating }: TeachingSigns): number {
  const assumed = score ?? 0.5;
  const uncertainty = 1 - Math.abs(2 * assumed - 1);
  const apart = disagreement({ score: assumed, rating }) ?? 0;
  const negativity = rating === null ? 0 : 1 - ratingAsScore(rating);
  return WEIGHTS.uncertainty * uncertainty + WEIGHTS.disagreement * apart + WEIGHTS.negativity * negativity;
}
