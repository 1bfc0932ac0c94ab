import { decideByThreshold } from '@attune/core';
import { evidenceOf, percent } from '../finding.ts';
import { type Look, thresholdOf } from './look.ts';

/** How much of this month's budget is spent or bound. */
export const lookAtBudget: Look = async ({ organization, rule, sources, stateOf }) => {
  const { limit, spent, committed } = await sources.budget(organization);
  const told = thresholdOf(rule);
  const used = spent + committed;
  const share = limit === null ? 0 : used / Math.max(limit, Number.MIN_VALUE);
  const change = decideByThreshold(told, stateOf(''), exactly(share));
  const message = `${used.toFixed(2)} of this month's budget of ${(limit ?? 0).toFixed(2)} is spent or bound by runs (${percent(Math.min(share, 10))}), above ${percent(told.threshold)}.`;
  return [{ kind: 'budget', ...ofAll, change, ...figures('used_share', share, told.threshold), message }];
};

/** How much of the disk under the data folder is free. */
export const lookAtDisk: Look = async ({ rule, sources, stateOf }) => {
  const { free, total } = await sources.disk();
  const told = thresholdOf(rule);
  const share = free / total;
  const change = decideByThreshold(told, stateOf(''), exactly(share));
  const message = `${(free / 1e9).toFixed(1)} GB of the disk under the data folder are free (${percent(share)}), below ${percent(told.threshold)}.`;
  return [{ kind: 'disk', ...ofAll, change, ...figures('free_share', share, told.threshold), message }];
};

const ofAll = { subject: '', rewardModel: null };

/** A number that is counted, not estimated. */
function exactly(value: number) {
  return { value, n: 1, interval: () => [value, value] as const };
}

function figures(name: string, value: number, threshold: number) {
  return { value, threshold, n: 1, evidence: [evidenceOf(name, { value, ci: [value, value], n: 1 })] };
}
