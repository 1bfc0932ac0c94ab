import type { Metrics } from '@attune/contracts';
import type { Asked } from '@attune/core';
import type { RewardScorer, TrainingSamples } from '@attune/reward';
import { measure } from './measure.ts';

/** Answers to one query that are scored at once: the token vectors of thousands would fill the memory. */
const SCORED_AT_ONCE = 32;

/** What a model gives the answers of some rows, 0–1; NaN for an answer that it was not asked about. */
export type RewardOf = (asked: Asked, response: string) => number;

/** Scores every answer once and measures the model; `onScored` hears how many answers are scored. */
export async function measureModel(
  model: Pick<RewardScorer, 'score'>,
  samples: TrainingSamples,
  seed: number,
  onScored: (answers: number) => void = () => undefined,
): Promise<Metrics> {
  return measureRewards(await rewardsBy(model, samples, onScored), samples, seed);
}

/** Measures what a model gave. */
export function measureRewards(
  rewardOf: RewardOf,
  { ratings = [], pairs = [] }: TrainingSamples,
  seed: number,
): Metrics {
  const side = (asked: Asked, response: string) => ({
    reward: rewardOf(asked, response),
    length: response.length,
  });
  return measure(
    ratings.map((row) => ({ ...row, reward: rewardOf(row, row.response) })),
    pairs.map((pair) => ({
      query: pair.query,
      context: pair.context,
      chosen: side(pair, pair.chosen),
      rejected: side(pair, pair.rejected),
    })),
    seed,
  );
}

/** Scores every answer once. */
export async function rewardsBy(
  model: Pick<RewardScorer, 'score'>,
  { ratings = [], pairs = [] }: TrainingSamples,
  onScored: (answers: number) => void,
): Promise<RewardOf> {
  const answers = [
    ...ratings.map(({ query, context, response }) => ({ query, context, response })),
    ...pairs.flatMap(({ query, context, chosen, rejected }) => [
      { query, context, response: chosen },
      { query, context, response: rejected },
    ]),
  ];
  const rewards = new Map<string, Map<string, number>>();
  let scored = 0;
  for (const [question, rows] of Map.groupBy(answers, textOf)) {
    const [asked] = rows;
    if (asked === undefined) continue;
    const own = new Map<string, number>();
    rewards.set(question, own);
    const responses = [...new Set(rows.map((row) => row.response))];
    for (let at = 0; at < responses.length; at += SCORED_AT_ONCE) {
      const some = responses.slice(at, at + SCORED_AT_ONCE);
      const scores = await model.score(asked, some);
      scores.forEach(({ reward }, index) => {
        own.set(some[index] ?? '', reward);
      });
    }
    scored += rows.length;
    onScored(scored);
  }
  return (asked, response) => rewards.get(textOf(asked))?.get(response) ?? Number.NaN;
}

/** A question with what was said before it, word for word. */
function textOf({ query, context = '' }: Asked): string {
  return JSON.stringify([query, context]);
}
