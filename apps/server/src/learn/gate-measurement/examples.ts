import type { GateFindings, ScoredExample } from '@attune/contracts';
import { mean } from '@attune/core';
import type { EvaluationRow } from '../evaluation-task.ts';
import type { RewardOf } from '../measure-model.ts';

const HIGHEST = 5;
const DISAGREEMENTS = 10;
const BETWEEN = 20;
/** Texts are for a look, not for keeping. */
const LONGEST = 2000;

/** Answers for a look by hand. @param other what the other model gives them, or null */
export function examplesOf(
  rows: readonly EvaluationRow[],
  rewardOf: RewardOf,
  other: RewardOf | null,
): GateFindings['examples'] {
  const answers = distinctAnswers(rows).map((answer): ScoredExample => {
    const { query, response, rating } = answer;
    return {
      query: query.slice(0, LONGEST),
      response: response.slice(0, LONGEST),
      rating,
      reward: rewardOf(answer, response),
      other_reward: other === null ? null : other(answer, response),
    };
  });
  const byReward = answers.toSorted((a, b) => b.reward - a.reward);
  return {
    highest: byReward.slice(0, HIGHEST),
    lowest: byReward.toReversed().slice(0, HIGHEST),
    disagreements: furthest(
      answers.filter(({ rating }) => rating !== null),
      ({ reward, rating }) => reward - ((rating ?? 1) - 1) / 4,
    ).slice(0, DISAGREEMENTS),
    between: furthest(
      answers.filter(({ other_reward }) => other_reward !== null),
      ({ reward, other_reward }) => reward - (other_reward ?? reward),
    ).slice(0, BETWEEN),
  };
}

function furthest(answers: readonly ScoredExample[], distance: (one: ScoredExample) => number) {
  return answers.toSorted((a, b) => Math.abs(distance(b)) - Math.abs(distance(a)));
}

interface Answer {
  readonly query: string;
  readonly context: string | undefined;
  readonly response: string;
  readonly rating: number | null;
}

/** Every answer once, with the mean of its ratings where it has any. */
function distinctAnswers(rows: readonly EvaluationRow[]): Answer[] {
  const answers = rows.flatMap((row): Answer[] =>
    row.type === 'rating'
      ? [{ query: row.query, context: row.context, response: row.response, rating: row.rating }]
      : [row.chosen, row.rejected].map((response) => ({
          query: row.query,
          context: row.context,
          response,
          rating: null,
        })),
  );
  const same = Map.groupBy(answers, (one) => JSON.stringify([one.query, one.context, one.response]));
  return [...same.values()].flatMap((group) => {
    const [first] = group;
    const ratings = group.flatMap(({ rating }) => (rating === null ? [] : [rating]));
    return first === undefined ? [] : [{ ...first, rating: ratings.length === 0 ? null : mean(ratings) }];
  });
}
