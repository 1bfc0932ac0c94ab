/** What the quality score of a data set is made of; each 0 to 1. */
export interface QualityFacts {
  /** Part of the feedback looked at that was kept. */
  readonly keptShare: number;
  /** How far people who rated the same answer agree; null where no answer was rated twice. */
  readonly agreement: number | null;
  /** How evenly good and bad ratings are mixed; null where there are no ratings. */
  readonly balance: number | null;
}

/**
 * Quality of a data set, 0 to 1: the geometric mean of what is known of kept share, agreement and balance. One weak
 * side weighs on the whole, and a side that nothing is known about doesn't count.
 */
export function qualityScore({ keptShare, agreement, balance }: QualityFacts): number {
  const known = [keptShare, agreement, balance].filter((fact) => fact !== null);
  return known.reduce((product, fact) => product * fact, 1) ** (1 / known.length);
}

/** Good and bad in equal parts is 1, only one of them 0: twice the smaller share. */
export function labelBalance(ratings: readonly number[], goodFrom: number): number | null {
  if (ratings.length === 0) return null;
  const good = ratings.filter((rating) => rating >= goodFrom).length;
  return (2 * Math.min(good, ratings.length - good)) / ratings.length;
}

/**
 * Agreement of people on the answers that several rated: 1 minus their mean absolute difference from the answer's mean
 * rating over the largest it can be (2 stars, half of them at 1 and half at 5).
 * @param ratingsOfAnswers the ratings of each answer, 1 to 5
 */
export function ratingAgreement(ratingsOfAnswers: readonly (readonly number[])[]): number | null {
  const distances = ratingsOfAnswers
    .filter((ratings) => ratings.length > 1)
    .flatMap((ratings) => {
      const mean = ratings.reduce((sum, rating) => sum + rating, 0) / ratings.length;
      return ratings.map((rating) => Math.abs(rating - mean));
    });
  if (distances.length === 0) return null;
  return 1 - distances.reduce((sum, distance) => sum + distance, 0) / distances.length / 2;
}
