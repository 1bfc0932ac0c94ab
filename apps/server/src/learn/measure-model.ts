import type { Metrics } from '@attune/contracts';
import type { RewardScorer, TrainingSamples } from '@attune/reward';
import { measure } from './measure.ts';

/** Answers to one query that are scored at once: the token vectors of thousands would fill the memory. */
const SCORED_AT_ONCE = 32;

/** Scores every answer once and measures the model; `onScored` hears how many answers are scored. */
export async function measureModel(
  model: Pick<RewardScorer, 'score'>,
  { ratings = [], pairs = [] }: TrainingSamples,
  seed: number,
  onScored: (answers: number) => void = () => undefined,
): Promise<Metrics> {
  const answers = [
    ...ratings.map(({ query, response }) => ({ query, response })),
    ...pairs.flatMap(({ query, chosen, rejected }) => [
      { query, response: chosen },
      { query, response: rejected },
    ]),
  ];
  const rewards = await rewardsOf(model, answers, onScored);
  const rewardOf = (query: string, response: string) => rewards.get(query)?.get(response) ?? Number.NaN;
  const side = (query: string, response: string) => ({
    reward: rewardOf(query, response),
    length: response.length,
  });
  return measure(
    ratings.map((row) => ({ ...row, reward: rewardOf(row.query, row.response) })),
    pairs.map(({ query, chosen, rejected }) => ({
      query,
      chosen: side(query, chosen),
      rejected: side(query, rejected),
    })),
    seed,
  );
}

async function rewardsOf(
  model: Pick<RewardScorer, 'score'>,
  answers: readonly { query: string; response: string }[],
  onScored: (answers: number) => void,
): Promise<Map<string, Map<string, number>>> {
  const rewards = new Map<string, Map<string, number>>();
  let scored = 0;
  for (const [query, rows] of Map.groupBy(answers, (answer) => answer.query)) {
    const own = new Map<string, number>();
    rewards.set(query, own);
    const responses = [...new Set(rows.map((row) => row.response))];
    for (let at = 0; at < responses.length; at += SCORED_AT_ONCE) {
      const some = responses.slice(at, at + SCORED_AT_ONCE);
      const scores = await model.score(query, some);
      scores.forEach(({ reward }, index) => {
        own.set(some[index] ?? '', reward);
      });
    }
    scored += rows.length;
    onScored(scored);
  }
  return rewards;
}
