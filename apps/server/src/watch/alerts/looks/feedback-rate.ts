import { decideByThreshold, rateDrop } from '@attune/core';
import { dailyActivity } from '../../daily-activity.ts';
import { evidenceOf, percent } from '../finding.ts';
import { confidenceOf, type Look, thresholdOf, windowText } from './look.ts';

const DAY_MS = 86_400_000;
/** Whole weeks, so that both sides have as many weekends. */
const DAYS_BEFORE = 28;

/** How many answers get a reaction, on the last whole days against the four weeks before; today is not over. */
export const lookAtFeedbackRate: Look = async ({ organization, rule, sql, now, stateOf }) => {
  const kind = 'feedback_rate';
  const days = Math.round(rule.window ?? 0);
  const day = (ago: number) => new Date(now.getTime() - ago * DAY_MS).toISOString().slice(0, 10);
  const [today, start] = [day(0), day(days)];
  const all = await dailyActivity(sql, organization, day(days + DAYS_BEFORE));
  const units = all
    .filter((one) => one.day < today)
    .map((one) => ({ day: one.day, count: one.answers, total: one.reached }))
    .filter(({ count }) => count > 0);
  const recent = units.filter((one) => one.day >= start);
  const before = units.filter((one) => one.day < start);
  const { drop, ...rates } = rateDrop(recent, before, confidenceOf(kind));
  const told = thresholdOf(rule);
  const change = decideByThreshold(told, stateOf(''), { ...drop, interval: () => drop.ci });
  const message = `${percent(rates.recent)} of the answers of the last ${windowText(rule)} got feedback, ${percent(rates.before)} in the four weeks before: ${percent(drop.value)} less, more than ${percent(told.threshold)}.`;
  const evidence = [
    evidenceOf('drop', drop),
    evidenceOf('rate', { value: rates.recent, ci: unbounded, n: drop.n }),
    evidenceOf('rate_before', {
      value: rates.before,
      ci: unbounded,
      n: before.reduce((sum, { count }) => sum + count, 0),
    }),
  ];
  const { value, n } = drop;
  const about = { kind, subject: '', rewardModel: null } as const;
  return [{ ...about, change, value, threshold: told.threshold, n, evidence, message }];
};

const unbounded: [number, number] = [-Infinity, Infinity];
