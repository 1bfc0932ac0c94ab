import { decideByThreshold, quantileInterval, wilson } from '@attune/core';
import { evidenceOf, percent } from '../finding.ts';
import { confidenceOf, type Look, type LookAt, thresholdOf, windowMs, windowText } from './look.ts';

/** Slow enough that one in twenty answers takes longer. */
const P = 0.95;

/** The 95th percentile of how long answers took. */
export const lookAtLatency: Look = async (at) => {
  const kind = 'latency_p95';
  const { seconds } = await recentAnswers(at);
  const seen = quantileInterval(seconds, P, confidenceOf(kind));
  const told = thresholdOf(at.rule);
  const change = decideByThreshold(told, at.stateOf(''), { ...seen, interval: () => seen.ci });
  const message = `One answer in twenty took longer than ${seen.value.toFixed(2)} s in the last ${windowText(at.rule)}, above ${told.threshold} s.`;
  const evidence = [evidenceOf('p95_seconds', seen)];
  const { value, n } = seen;
  return [{ kind, ...ofAll, change, value, threshold: told.threshold, n, evidence, message }];
};

/** The share of questions that failed. */
export const lookAtErrors: Look = async (at) => {
  const kind = 'error_rate';
  const { asked, failed } = await recentAnswers(at);
  const seen = wilson(failed, asked, confidenceOf(kind));
  const told = thresholdOf(at.rule);
  const change = decideByThreshold(told, at.stateOf(''), { ...seen, interval: () => seen.ci });
  const message = `${failed} of ${asked} questions failed in the last ${windowText(at.rule)} (${percent(seen.value)}), above ${percent(told.threshold)}.`;
  const evidence = [evidenceOf('error_rate', seen)];
  const { value, n } = seen;
  return [{ kind, ...ofAll, change, value, threshold: told.threshold, n, evidence, message }];
};

const ofAll = { subject: '', rewardModel: null };

function recentAnswers({ sources, organization, rule, now }: LookAt) {
  return sources.recentAnswers(organization, new Date(now.getTime() - windowMs(rule)));
}
