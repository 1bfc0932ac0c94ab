import { questionKey } from '../conversation/question-key.ts';
import { mean } from '../moments.ts';
import { answerKey } from '../pairs/answer-key.ts';
import { median } from '../quantile.ts';
import type { TrainingFeedback } from '../training-feedback.ts';
import { type CheckedRows, dropWhere } from './dropped.ts';

export interface OutlierLimits {
  /** Fewest answers a person must share with others to be judged; default 5. */
  minimumShared?: number;
  /** Robust z-score from which a person is an outlier; default 3.5 (Iglewicz and Hoaglin 1993). */
  limit?: number;
}

const FEWEST_PEOPLE = 5;
/** Least spread between people, in stars, so that near-perfect agreement of most makes no outlier of the rest. */
const LEAST_SPREAD = 0.25;

/**
 * Drops the ratings of people who disagree with everybody: their mean distance from the mean rating that others gave
 * the same answers, as a robust z-score 0.6745 (x − median) / MAD over people, exceeds the limit. With fewer than five
 * people to compare nobody is an outlier.
 */
export function dropOutliers<T extends TrainingFeedback>(
  rows: readonly T[],
  { minimumShared = 5, limit = 3.5 }: OutlierLimits = {},
): CheckedRows<T> {
  const distances = [...distancesByPerson(rows)]
    .filter(([, all]) => all.length >= minimumShared)
    .map(([person, all]): [string, number] => [person, mean(all)]);
  if (distances.length < FEWEST_PEOPLE) return { kept: [...rows], dropped: [] };
  const values = distances.map(([, distance]) => distance);
  const middle = median(values);
  const spread = Math.max(LEAST_SPREAD, median(values.map((value) => Math.abs(value - middle))));
  const outliers = new Set(
    distances.filter(([, value]) => (0.6745 * (value - middle)) / spread > limit).map(([person]) => person),
  );
  return dropWhere(rows, (row) =>
    row.rating !== null && outliers.has(row.person) ? 'disagrees_with_everybody' : null,
  );
}

/** For each person, how far each of their ratings is from the mean of the others' of the same answer. */
function distancesByPerson(rows: readonly TrainingFeedback[]): Map<string, number[]> {
  const distances = new Map<string, number[]>();
  const rated = rows.flatMap(({ rating, ...row }) => (rating === null ? [] : [{ ...row, rating }]));
  const answers = Map.groupBy(rated, (row) => JSON.stringify([questionKey(row), answerKey(row.response)]));
  for (const group of answers.values()) {
    const all = sumOf(group);
    for (const [person, own] of Map.groupBy(group, (row) => row.person)) {
      const others = group.length - own.length;
      if (others === 0) continue;
      const othersMean = (all - sumOf(own)) / others;
      const known = distances.get(person) ?? [];
      for (const { rating } of own) known.push(Math.abs(rating - othersMean));
      distances.set(person, known);
    }
  }
  return distances;
}

function sumOf(rows: readonly { rating: number }[]): number {
  return rows.reduce((sum, { rating }) => sum + rating, 0);
}
