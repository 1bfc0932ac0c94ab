import { decideByThreshold, scoreShift } from '@attune/core';
import { evidenceOf, type Finding } from '../finding.ts';
import { confidenceOf, type Look, type LookAt, thresholdOf, windowMs, windowText } from './look.ts';

const REFERENCE_MS = 28 * 86_400_000;
const [MOST_RECENT, MOST_BEFORE] = [2000, 5000];
/** Fewer before say too little of what is usual. */
const LEAST_BEFORE = 1000;

/** Whether the rewards of delivered answers moved against the four weeks before, by model. */
export const lookAtRewards: Look = async (at) => {
  const models = at.sources.inTraffic(at.organization);
  return await Promise.all(models.map((rewardModel) => lookAt(at, rewardModel)));
};

async function lookAt(
  { organization, rule, sources, now, stateOf }: LookAt,
  rewardModel: string,
): Promise<Finding> {
  const kind = 'reward_shift';
  const start = new Date(now.getTime() - windowMs(rule));
  const span = { organization, rewardModel };
  const [recent, before] = await Promise.all([
    sources.rewardsIn({ ...span, from: start, to: now }, MOST_RECENT),
    sources.rewardsIn({ ...span, from: new Date(start.getTime() - REFERENCE_MS), to: start }, MOST_BEFORE),
  ]);
  const seen = scoreShift(before.length < LEAST_BEFORE ? [] : before, recent, confidenceOf(kind));
  const told = thresholdOf(rule);
  const change = decideByThreshold(told, stateOf(rewardModel), { ...seen, interval: () => seen.ci });
  const message = `${rewardModel}: the rewards of the last ${windowText(rule)} are spread unlike those of the four weeks before (stability index ${seen.value.toFixed(2)}, above ${told.threshold}).`;
  const evidence = [evidenceOf('stability_index', seen)];
  const { value, n } = seen;
  const about = { kind, subject: rewardModel, rewardModel } as const;
  return { ...about, change, value, threshold: told.threshold, n, evidence, message };
}
