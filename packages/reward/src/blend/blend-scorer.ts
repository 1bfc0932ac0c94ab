import type { RewardScorer } from '../model/reward-scorer.ts';
import type { Score } from '../model/score.ts';
import { sigmoid } from '../solve/logistic-regression.ts';
import type { BlendFile } from './blend-file.ts';
import { blendedLogit } from './choose-blend.ts';

/** Two models that score as one. Dimensions are the first model's that has them. */
export function blendScorer(
  [first, second]: readonly [RewardScorer, RewardScorer],
  blend: Pick<BlendFile, 'coefficients' | 'intercept'>,
): RewardScorer {
  return {
    score: async (asked, responses) => {
      const one = await first.score(asked, responses);
      const other = await second.score(asked, responses);
      return one.map((score, at): Score => {
        const logit = blendedLogit(blend, [score.logit, other[at]?.logit ?? Number.NaN]);
        const dimensions = score.dimensions ?? other[at]?.dimensions;
        return { reward: sigmoid(logit), logit, ...(dimensions && { dimensions }) };
      });
    },
    close: async () => {
      await first.close();
      await second.close();
    },
  };
}
