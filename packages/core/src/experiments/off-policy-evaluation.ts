import { type Estimate, wilson } from '../interval.ts';
import {
  agreesWithLog,
  type Coverage,
  coverageOf,
  type JudgedChoice,
  type LoggedCandidate,
} from './logged-choice.ts';
import {
  doublyRobust,
  gainOverDelivered,
  inversePropensity,
  type OffPolicyEstimate,
  type Overlap,
  overlapOf,
  selfNormalised,
  unitInterval,
} from './off-policy.ts';
import { predictOutcomes, type RewardedDecision } from './outcome-model.ts';

/** Mean stars, or the share of answers that were received well. */
export type OffPolicyMetricName = 'rating' | 'satisfaction';

/** What another policy would have had, on answers that the log covers. */
export interface OffPolicyMetric {
  metric: OffPolicyMetricName;
  /** Answers behind it; the estimates count people. */
  answers: number;
  /** What was delivered had this. */
  delivered: Estimate;
  self_normalised: OffPolicyEstimate;
  doubly_robust: OffPolicyEstimate;
  inverse_propensity: OffPolicyEstimate;
  /** Self-normalised less delivered, on the same answers. */
  gain: Estimate;
  overlap: Overlap;
}

/** Why there is no estimate. */
export type OffPolicyRefusal =
  /** No answer with feedback. */
  | 'no_feedback'
  /** Answers had one candidate each. */
  | 'no_choice'
  /** What was delivered was never drawn at random. */
  | 'no_overlap'
  /** The other policy would mostly deliver what could not be drawn. */
  | 'not_covered'
  /** Too few answers, or too few that count. */
  | 'too_few';

export interface OffPolicyEvaluation {
  coverage: Record<Coverage, number>;
  /** Share of answers with a choice on which the policy would most likely have delivered the same. */
  agreement: Estimate;
  /** Null where there is an estimate. */
  refusal: OffPolicyRefusal | null;
  /** Metrics with enough data. */
  metrics: OffPolicyMetric[];
}

/** Answers, and effective answers (Kish), below which no estimate is given. */
export const FEWEST_COVERED = 50;
const FEWEST_EFFECTIVE = 30;
/** Share of randomly chosen answers that has to be covered. */
const LEAST_COVERED = 0.5;

/**
 * What a policy would have had where another one chose, from logged propensities alone. Only answers count that were drawn
 * at random among candidates, and on which it could deliver nothing that could not be drawn; both are known before
 * anybody reacts, so that this leaves no bias within them. About other answers it says nothing.
 */
export function evaluateOffPolicy(choices: readonly JudgedChoice[]): OffPolicyEvaluation {
  const coverage = { no_choice: 0, deterministic: 0, not_covered: 0, covered: 0 };
  for (const choice of choices) coverage[coverageOf(choice)] += 1;
  const chosen = choices.filter((choice) => coverageOf(choice) !== 'no_choice');
  const agreement = wilson(chosen.filter(agreesWithLog).length, chosen.length);
  const refusal = refusalOf(choices.length, coverage);
  if (refusal !== null) return { coverage, agreement, refusal, metrics: [] };
  const covered = chosen.filter((choice) => coverageOf(choice) === 'covered');
  const metrics = [
    metricOf('rating', covered, ({ rating }) => rating),
    metricOf('satisfaction', covered, ({ positive }) => positive),
  ].filter((metric) => metric !== null);
  return { coverage, agreement, refusal: metrics.length === 0 ? 'too_few' : null, metrics };
}

function refusalOf(answers: number, counts: Record<Coverage, number>): OffPolicyRefusal | null {
  if (answers === 0) return 'no_feedback';
  if (counts.no_choice === answers) return 'no_choice';
  const drawn = counts.covered + counts.not_covered;
  if (drawn === 0) return 'no_overlap';
  return counts.covered < LEAST_COVERED * drawn ? 'not_covered' : null;
}

function metricOf(
  metric: OffPolicyMetricName,
  choices: readonly JudgedChoice[],
  outcomeOf: (choice: JudgedChoice) => number | null,
): OffPolicyMetric | null {
  const rows = choices.flatMap((choice) => {
    const outcome = outcomeOf(choice);
    return outcome === null ? [] : (decisionOf(choice, outcome) ?? []);
  });
  if (rows.length < FEWEST_COVERED) return null;
  const overlap = overlapOf(rows);
  if (overlap.effective_n < FEWEST_EFFECTIVE) return null;
  const outcomes = rows.map(({ outcome }) => outcome);
  return {
    metric,
    answers: rows.length,
    delivered: unitInterval(outcomes, rows),
    self_normalised: selfNormalised(rows),
    doubly_robust: doublyRobust(predictOutcomes(rows)),
    inverse_propensity: inversePropensity(rows),
    gain: gainOverDelivered(rows),
    overlap,
  };
}

function decisionOf(
  { candidates, delivered, target, unit }: JudgedChoice,
  outcome: number,
): RewardedDecision | null {
  const chosen = candidates.find(({ id }) => id === delivered);
  if (chosen === undefined || chosen.propensity <= 0) return null;
  const chance = ({ id }: LoggedCandidate) => Math.min(1, target[id] ?? 0);
  const targetReward = candidates.reduce((sum, one) => sum + chance(one) * one.reward, 0);
  const { propensity, reward } = chosen;
  return { propensity, target: chance(chosen), outcome, unit, reward, targetReward };
}
