import type { Score } from '@attune/contracts';
import {
  type JudgedChoice,
  judgeChoice,
  type LoggedChoice,
  type SelectionPolicy,
  weightedMean,
} from '@attune/core';
import type { LiveModel } from '../live-model.ts';
import type { ChosenAnswer, OffPolicyNeeds, ReceivedAnswer } from './off-policy-needs.ts';

/** A reward model and how it would choose by its scores. */
export interface TargetPolicy {
  readonly model: LiveModel;
  readonly selection: SelectionPolicy;
  readonly dimensionWeights: Readonly<Partial<Record<string, number>>> | undefined;
}

/** What was chosen, and how people received it. */
export interface ReceivedChoice {
  readonly chosen: ChosenAnswer;
  readonly received: ReceivedAnswer;
}

/** Scores the candidates of an answer anew, and says how likely the policy would have delivered each. */
export async function wouldHaveDelivered(
  score: OffPolicyNeeds['score'],
  { model, selection, dimensionWeights }: TargetPolicy,
  { chosen, received }: ReceivedChoice,
): Promise<JudgedChoice> {
  const { unit, delivered, asked, candidates } = chosen;
  const { query, context = '' } = asked;
  const texts = candidates.map(({ text }) => text);
  const scores = await score(model, context === '' ? { query } : { query, context }, texts, 'bulk');
  const choice: LoggedChoice = {
    unit,
    delivered,
    rating: received.rating,
    positive: received.positive,
    candidates: candidates.map(({ id, propensity, failedChecks }, index) => ({
      id,
      propensity,
      failedChecks,
      reward: rewardOf(scores[index], dimensionWeights),
    })),
  };
  return judgeChoice(choice, selection);
}

/** As serving weighs it: by dimension where the model has some of those that are asked for. */
function rewardOf(
  score: Pick<Score, 'reward' | 'dimensions'> | undefined,
  weights: TargetPolicy['dimensionWeights'],
): number {
  if (score === undefined) throw new Error('a response without a score');
  const weighted = weights === undefined ? null : weightedMean(score.dimensions ?? {}, weights);
  return weighted ?? score.reward;
}
