import type { TrainingFeedback } from '../training-feedback.ts';
import { type CheckedRows, dropWhere } from './dropped.ts';

export interface BotLimits {
  /** Most feedbacks that a person can give in any minute; default 20. */
  perMinute?: number;
  /** Ratings from which a constant rating is suspect; default 20. */
  constantFrom?: number;
}

const BY_CHANCE = 1e-6;

/**
 * Drops all feedback of persons that cannot be people reading answers: more than 20 feedbacks within some minute, or 20
 * ratings or more that are all the same where others' ratings make that less likely than one in a million. Imported
 * feedback carries the time of its import and is not judged by time.
 */
export function dropBots<T extends TrainingFeedback>(
  rows: readonly T[],
  { perMinute = 20, constantFrom = 20 }: BotLimits = {},
): CheckedRows<T> {
  const reasons = new Map<string, string>();
  const shares = new RatingShares(rows);
  for (const [person, theirs] of Map.groupBy(rows, (row) => row.person)) {
    if (busiestMinute(theirs) > perMinute) reasons.set(person, 'inhuman_rate');
    else if (shares.constantByChance(theirs, constantFrom) < BY_CHANCE)
      reasons.set(person, 'constant_rating');
  }
  return dropWhere(rows, (row) => reasons.get(row.person) ?? null);
}

/** Most feedbacks within any 60 seconds. */
function busiestMinute(rows: readonly TrainingFeedback[]): number {
  const times = rows.filter(({ source }) => source !== 'import').map(({ createdAt }) => createdAt.getTime());
  times.sort((a, b) => a - b);
  let busiest = 0;
  let start = 0;
  times.forEach((time, end) => {
    while (time - times[start]! >= 60_000) start++;
    busiest = Math.max(busiest, end - start + 1);
  });
  return busiest;
}

/** How often each rating is given, for judging one person's ratings by everybody else's. */
class RatingShares {
  readonly #counts = new Map<number, number>();
  #total = 0;

  constructor(rows: readonly TrainingFeedback[]) {
    for (const { rating } of rows) {
      if (rating === null) continue;
      this.#counts.set(rating, (this.#counts.get(rating) ?? 0) + 1);
      this.#total++;
    }
  }

  /** Chance that everybody else's habits give this person's ratings when they are all the same; 1 when they are not. */
  constantByChance(rows: readonly TrainingFeedback[], from: number): number {
    const ratings = rows.flatMap(({ rating }) => rating ?? []);
    const [first] = ratings;
    if (first === undefined || ratings.length < from || ratings.some((rating) => rating !== first)) return 1;
    const others = this.#total - ratings.length;
    if (others === 0) return 1;
    // One more of each sort than seen, so that a rating nobody else gives is rare and not impossible.
    const share = (this.#counts.get(first)! - ratings.length + 1) / (others + 5);
    return share ** ratings.length;
  }
}
