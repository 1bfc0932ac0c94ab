import { accuracyFall, decideByThreshold, decideOverOptimisation } from '@attune/core';
import { evidenceOf, type Finding, percent } from '../finding.ts';
import { confidenceOf, type Look, type LookAt, thresholdOf, windowMs, windowText } from './look.ts';

/** The past is four windows long. */
const TIMES_LONGER = 4;
const [MOST_RECENT, MOST_BEFORE] = [2000, 5000];

/** An answer that a person reacted to, with the reward that it was chosen by. */
interface Labelled {
  readonly score: number;
  readonly rating: number | null;
  readonly positive: boolean | null;
}

/** Whether rewards tell good answers from bad ones worse on fresh labels than on those before, by model. */
export const lookAtAccuracy: Look = (at) =>
  byModel(at, (rewardModel, recent, before) => {
    const kind = 'accuracy_fall';
    const { fall, ...areas } = accuracyFall(decided(recent), decided(before), confidenceOf(kind));
    const told = thresholdOf(at.rule);
    // The past has to say as much as the present.
    const n = Math.min(fall.n, areas.before.n);
    const seen = { ...fall, n, interval: () => fall.ci };
    const change = decideByThreshold(told, at.stateOf(rewardModel), seen);
    const message = `${rewardModel}: on labels of the last ${windowText(at.rule)} it ranks a good answer above a bad one in ${percent(areas.recent.value)} of cases, ${percent(areas.before.value)} before.`;
    const evidence = [
      evidenceOf('fall', fall),
      evidenceOf('auc', areas.recent),
      evidenceOf('auc_before', areas.before),
    ];
    return { kind, change, value: fall.value, threshold: told.threshold, n: fall.n, evidence, message };
  });

/** Whether rewards rise while people's ratings of the same answers do not, by model. */
export const lookAtOverOptimisation: Look = (at) =>
  byModel(at, (rewardModel, recent, before) => {
    const kind = 'over_optimisation';
    const told = thresholdOf(at.rule);
    const [now, then] = [rated(recent), rated(before)];
    const known = then.length < told.minimum_n ? [] : then;
    const state = at.stateOf(rewardModel);
    const seen = decideOverOptimisation(told, state, now, known, confidenceOf(kind));
    const { change, gap, rewardRise, ratingRise } = seen;
    const message = `${rewardModel}: rewards of rated answers rose by ${rewardRise.value.toFixed(2)} standard deviations in the last ${windowText(at.rule)}, people's ratings of the same answers by ${ratingRise.value.toFixed(2)}.`;
    const evidence = [
      evidenceOf('gap', gap),
      evidenceOf('reward_rise', rewardRise),
      evidenceOf('rating_rise', ratingRise),
    ];
    return { kind, change, value: gap.value, threshold: told.threshold, n: gap.n, evidence, message };
  });

async function byModel(
  at: LookAt,
  judge: (
    rewardModel: string,
    recent: readonly Labelled[],
    before: readonly Labelled[],
  ) => Omit<Finding, 'subject' | 'rewardModel'>,
): Promise<Finding[]> {
  const window = windowMs(at.rule);
  const start = new Date(at.now.getTime() - window);
  const past = new Date(start.getTime() - TIMES_LONGER * window);
  return await Promise.all(
    at.sources.inTraffic(at.organization).map(async (rewardModel) => {
      const span = { organization: at.organization, rewardModel };
      const [recent, before] = await Promise.all([
        labelled(at, { ...span, from: start, to: at.now }, MOST_RECENT),
        labelled(at, { ...span, from: past, to: start }, MOST_BEFORE),
      ]);
      return { ...judge(rewardModel, recent, before), subject: rewardModel, rewardModel };
    }),
  );
}

async function labelled(
  { sources }: LookAt,
  span: Parameters<LookAt['sources']['labelsIn']>[0],
  most: number,
): Promise<Labelled[]> {
  const labels = await sources.labelsIn(span, most);
  const rewards = await sources.rewardsOf(
    span.organization,
    labels.map(({ responseId }) => responseId),
  );
  return labels.flatMap(({ responseId, rating, positive }) => {
    const score = rewards.get(responseId);
    return score === undefined ? [] : [{ score, rating, positive }];
  });
}

function decided(rows: readonly Labelled[]) {
  return rows.flatMap(({ score, positive }) => (positive === null ? [] : [{ score, positive }]));
}

function rated(rows: readonly Labelled[]) {
  return rows.flatMap(({ score, rating }) => (rating === null ? [] : [{ reward: score, rating }]));
}
