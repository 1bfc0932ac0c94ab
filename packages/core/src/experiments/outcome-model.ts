import { mean } from '../moments.ts';
import { position } from './assignment.ts';
import type { LoggedDecision, PredictedDecision } from './off-policy.ts';

/** A logged decision with the rewards from which its outcome can be predicted. */
export interface RewardedDecision extends LoggedDecision {
  readonly unit: string;
  /** Reward of what was delivered. */
  readonly reward: number;
  /** Mean reward of the candidates by the probabilities of the policy in question. */
  readonly targetReward: number;
}

/**
 * Predicts outcomes from rewards by a straight line, for the doubly robust estimate. Each half of the people is predicted
 * from the other half, so that no row predicts itself (cross-fitting: Chernozhukov et al. 2018).
 */
export function predictOutcomes(rows: readonly RewardedDecision[]): PredictedDecision[] {
  const isFirst = ({ unit }: RewardedDecision) => position(unit, 'outcome-model') < 0.5;
  const lines = {
    first: lineThrough(rows.filter((row) => !isFirst(row))),
    second: lineThrough(rows.filter(isFirst)),
  };
  return rows.map((row) => {
    const at = isFirst(row) ? lines.first : lines.second;
    return { ...row, predicted: at(row.reward), predictedTarget: at(row.targetReward) };
  });
}

/** The line of least squares; flat where rewards do not differ, 0 without rows. */
function lineThrough(rows: readonly RewardedDecision[]): (reward: number) => number {
  if (rows.length === 0) return () => 0;
  const x = mean(rows.map(({ reward }) => reward));
  const y = mean(rows.map(({ outcome }) => outcome));
  let [xx, xy] = [0, 0];
  for (const { reward, outcome } of rows) {
    xx += (reward - x) ** 2;
    xy += (reward - x) * (outcome - y);
  }
  const slope = xx === 0 ? 0 : xy / xx;
  return (reward) => y + slope * (reward - x);
}
