import { type SelectionPolicy, select } from '../selection/selection.ts';

/** A candidate that competed for an answer, with what another reward model gives it. */
export interface LoggedCandidate {
  readonly id: string;
  /** Probability with which it was delivered, 0–1. */
  readonly propensity: number;
  /** Why it fell short then, as `check:reason`, `below_threshold` or `not_scored`. */
  readonly failedChecks: readonly string[];
  /** Reward by the model in question, 0–1. */
  readonly reward: number;
}

/** An answer that was chosen among candidates, and how people received it. */
export interface LoggedChoice {
  /** Who asked. */
  readonly unit: string;
  /** Id of the candidate that was delivered. */
  readonly delivered: string;
  readonly candidates: readonly LoggedCandidate[];
  /** Mean of its star ratings, 1 to 5; null without one. */
  readonly rating: number | null;
  /** Share of reactions that were positive; null without one that says so. */
  readonly positive: number | null;
}

/** A choice with the probability of each candidate under the policy in question, by id. */
export interface JudgedChoice extends LoggedChoice {
  readonly target: Readonly<Record<string, number>>;
}

/** How far a log tells what another policy would have had on an answer. */
export type Coverage =
  /** Only one candidate competed: every policy delivers it. */
  | 'no_choice'
  /** The delivered one was certain to be: nothing is known of the others. */
  | 'deterministic'
  /** Drawn at random, but the other policy could deliver what could not be drawn. */
  | 'not_covered'
  | 'covered';

/** What a computer's sums of probabilities may be off. */
const ROUNDING = 1e-9;

/** The probability with which a reward model and a way of choosing would have delivered each candidate. */
export function judgeChoice(choice: LoggedChoice, policy: SelectionPolicy): JudgedChoice {
  const contenders = choice.candidates.map(({ id, reward, failedChecks }) => ({
    id,
    reward_score: reward,
    checks: checksThatFailed(failedChecks),
  }));
  return { ...choice, target: select(contenders, policy, () => 0).propensities };
}

/** Checks look at the text alone: they fail whatever model scores. The threshold is the model's own matter. */
function checksThatFailed(failedChecks: readonly string[]) {
  const failed = failedChecks.filter((code) => code !== 'below_threshold' && code !== 'not_scored');
  return failed.length === 0 ? [] : [{ check: 'logged', passed: false, score: 0, reasons: failed }];
}

export function coverageOf({ candidates, target }: JudgedChoice): Coverage {
  if (candidates.length < 2) return 'no_choice';
  if (candidates.some(({ propensity }) => propensity > 1 - ROUNDING)) return 'deterministic';
  const beyond = candidates.some(({ id, propensity }) => propensity <= 0 && (target[id] ?? 0) > ROUNDING);
  return beyond ? 'not_covered' : 'covered';
}

/** Whether the policy would most likely have delivered what was delivered; of equally likely ones the first counts. */
export function agreesWithLog({ candidates, delivered, target }: JudgedChoice): boolean {
  const [first] = candidates.toSorted((a, b) => (target[b.id] ?? 0) - (target[a.id] ?? 0));
  return first?.id === delivered;
}
