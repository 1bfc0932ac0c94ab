import type { ReportContent } from '@attune/contracts';
import { scoreShift } from '@attune/core';
import { shown } from '../shown-estimate.ts';
import type { ReportSources, Span } from './report-sources.ts';

type Drift = ReportContent['drift'][number];

const MOST_REWARDS = 5000;
/** Fewer rewards on either side say too little of how they are spread. */
const FEWEST_REWARDS = 100;
/** Custom reads an index of 0.1 as a small shift. */
const SHIFTED = 0.1;

/** How far the rewards of each model in traffic moved from one period to the next. */
export async function driftOf(
  sources: Pick<ReportSources, 'inTraffic' | 'rewardsIn'>,
  now: Span,
  before: Span,
): Promise<Drift[]> {
  return await Promise.all(
    sources.inTraffic(now.organization).map(async (rewardModel): Promise<Drift> => {
      const [recent, past] = await Promise.all([
        sources.rewardsIn({ ...now, rewardModel }, MOST_REWARDS),
        sources.rewardsIn({ ...before, rewardModel }, MOST_REWARDS),
      ]);
      const enough = Math.min(recent.length, past.length) >= FEWEST_REWARDS;
      const index = scoreShift(enough ? past : [], recent);
      return { model_id: rewardModel, index: shown(index), verdict: verdictOf(index.ci, enough) };
    }),
  );
}

function verdictOf([low, high]: readonly [number, number], enough: boolean): Drift['verdict'] {
  if (!enough || !Number.isFinite(low)) return 'not_enough_data';
  if (low > SHIFTED) return 'shifted';
  return high < SHIFTED ? 'steady' : 'unclear';
}
