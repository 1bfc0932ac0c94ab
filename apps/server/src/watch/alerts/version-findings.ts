import type { AlertRule } from '@attune/contracts';
import { alertRuleKinds, decideByThreshold, decideNegativeSpike, meanInterval, wilson } from '@attune/core';
import type { RecentReactions } from '../collected-feedback.ts';
import { evidenceOf, type Finding, percent } from './finding.ts';
import type { Rules } from './rules.ts';

/** Reactions before the recent ones, from which what is usual is known. */
const BASELINE = 500;

/** Kinds that are judged with every reaction to a version. */
export const versionKinds = ['average_rating', 'negative_spike'] as const;

/** How far back these rules look. */
export function windowsOf(rules: Rules): { ratings: number; reactions: number } {
  return {
    ratings: rules.average_rating.window ?? 0,
    reactions: (rules.negative_spike.window ?? 0) + BASELINE,
  };
}

/** What the rules say about the last reactions to one version, knowing which alerts fire already. */
export function versionFindings(
  rules: Rules,
  reactions: RecentReactions,
  version: string | null,
  firing: ReadonlySet<string>,
): Finding[] {
  const name = version ?? 'answers without a reward model';
  const about = { subject: version ?? '', rewardModel: version };
  const stateOf = (kind: string) => (firing.has(kind) ? 'firing' : 'quiet');
  return [
    { ...averageRating(rules.average_rating, reactions, name, stateOf('average_rating')), ...about },
    { ...negativeSpike(rules.negative_spike, reactions, name, stateOf('negative_spike')), ...about },
  ];
}

type Judged = Omit<Finding, 'subject' | 'rewardModel'>;

/** The last star ratings are surely below the threshold on average. */
function averageRating(
  rule: AlertRule,
  { ratings }: RecentReactions,
  name: string,
  state: 'firing' | 'quiet',
): Judged {
  const kind = 'average_rating';
  const threshold = rule.threshold ?? 0;
  const { minimum_n, hysteresis } = rule;
  const seen = meanInterval(ratings, alertRuleKinds[kind].confidence ?? undefined);
  const change = decideByThreshold(
    { direction: 'below', threshold, hysteresis: hysteresis ?? 0, minimum_n: minimum_n ?? 0 },
    state,
    { ...seen, interval: () => seen.ci },
  );
  const message = `${name}: the last ${seen.n} ratings average ${seen.value.toFixed(2)}, below ${threshold}.`;
  const evidence = [evidenceOf('average_rating', seen)];
  return { kind, change, value: seen.value, threshold, n: seen.n, evidence, message };
}

/** The last reactions are negative clearly more often than those before. */
function negativeSpike(
  rule: AlertRule,
  { negative }: RecentReactions,
  name: string,
  state: 'firing' | 'quiet',
): Judged {
  const kind = 'negative_spike';
  const threshold = rule.threshold ?? 0;
  const latest = negative.slice(0, rule.window ?? 0);
  const earlier = negative.slice(latest.length);
  const before = { successes: earlier.filter(Boolean).length, n: earlier.length };
  const told = { threshold, hysteresis: rule.hysteresis ?? 0, minimum_n: rule.minimum_n ?? 0 };
  const decision = decideNegativeSpike(told, state, latest.toReversed(), before);
  const { recent, usual, change } = decision;
  const value = recent.value - usual.value;
  const message = `${name}: ${percent(recent.value)} of the last ${recent.n} reactions are negative, ${percent(usual.value)} of the ${usual.n} before.`;
  const evidence = [
    evidenceOf('recent_negative_share', wilson(latest.filter(Boolean).length, latest.length)),
    evidenceOf('usual_negative_share', usual),
    evidenceOf('cumulative_sum', { value: decision.evidence, ci: [NaN, decision.bound], n: recent.n }),
  ];
  return { kind, change, value, threshold, n: recent.n, evidence, message };
}
