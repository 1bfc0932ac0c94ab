import type { CheckOutcome } from '../checks/check.ts';
import type { Contender, SelectionCandidate } from './candidate.ts';
import { defaultEnsembleWeights, type EnsembleWeights, ensembleScore } from './ensemble.ts';
import { highest } from './highest.ts';
import { softmax } from './softmax.ts';

export interface SelectionPolicy {
  strategy: 'best' | 'weighted' | 'ensemble';
  /** Reward that an answer must reach; default 0.6. */
  threshold?: number;
  /** Softmax temperature of `weighted`, in units of the reward; default 0.1. */
  temperature?: number;
  /** Weights of `ensemble`; default {@link defaultEnsembleWeights}. */
  weights?: EnsembleWeights;
}

export interface Selection {
  /** Id of the chosen candidate. */
  id: string;
  /** Whether the chosen one passed every check and the threshold; false means that nothing did. */
  passed: boolean;
  /** Probability of each candidate of being chosen, by id; they sum to 1. */
  propensities: Record<string, number>;
  /** Why each candidate falls short, as `check:reason`, `below_threshold` or `not_scored`; empty when it does not. */
  reasons: Record<string, string[]>;
}

/**
 * Chooses the answer to deliver. Candidates that fall short are excluded; when all do, those that fail no check but
 * stay below the threshold are preferred to those that fail one. Unscored candidates fall short when others have a
 * score; when none has (scoring is down), the threshold does not apply and the earliest good one is chosen.
 *
 * @param offered candidates in order of preference on ties; ids unique; a reward that is no finite number is no score
 * @param random a draw in [0, 1), used by `weighted` only
 * @throws RangeError without candidates or with a repeated id
 */
export function select(
  offered: readonly SelectionCandidate[],
  policy: SelectionPolicy,
  random: () => number = Math.random,
): Selection {
  const candidates = offered.map(withSoundReward);
  const reasons = shortcomings(candidates, policy.threshold ?? 0.6);
  const pool = eligible(candidates, reasons);
  const chances = probabilities(pool, policy);
  const propensities = Object.fromEntries(candidates.map(({ id }) => [id, 0]));
  pool.forEach(({ id }, index) => {
    propensities[id] = chances[index]!;
  });
  const id = pool[draw(chances, random)]!.id;
  return { id, passed: reasons[id]!.length === 0, propensities, reasons };
}

function withSoundReward(candidate: SelectionCandidate): SelectionCandidate {
  return Number.isFinite(candidate.reward_score) ? candidate : { ...candidate, reward_score: null };
}

function shortcomings(
  candidates: readonly SelectionCandidate[],
  threshold: number,
): Record<string, string[]> {
  if (candidates.length === 0) throw new RangeError('nothing to select from');
  if (new Set(candidates.map(({ id }) => id)).size < candidates.length) throw new RangeError('a repeated id');
  const anyScored = candidates.some(({ reward_score }) => reward_score !== null);
  return Object.fromEntries(
    candidates.map(({ id, reward_score, checks }) => {
      const found = checks.filter(({ passed }) => !passed).flatMap(failureCodes);
      if (anyScored && reward_score === null) found.push('not_scored');
      if (reward_score !== null && reward_score < threshold) found.push('below_threshold');
      return [id, found];
    }),
  );
}

function failureCodes({ check, reasons }: CheckOutcome): string[] {
  return reasons.length === 0 ? [check] : reasons.map((reason) => `${check}:${reason}`);
}

function eligible(
  candidates: readonly SelectionCandidate[],
  reasons: Record<string, string[]>,
): SelectionCandidate[] {
  const sound = candidates.filter(({ checks }) => checks.every(({ passed }) => passed));
  const pools = [
    candidates.filter(({ id }) => reasons[id]!.length === 0),
    sound.filter(({ reward_score }) => reward_score !== null),
    sound,
    candidates,
  ];
  return [...pools.find((pool) => pool.length > 0)!];
}

function probabilities(pool: readonly SelectionCandidate[], policy: SelectionPolicy): number[] {
  const contenders = pool.map((candidate): Contender => ({ candidate, score: scoreOf(candidate, policy) }));
  if (policy.strategy !== 'weighted') return highest(contenders);
  return softmax(contenders, policy.temperature ?? 0.1);
}

function scoreOf(candidate: SelectionCandidate, policy: SelectionPolicy): number {
  if (policy.strategy !== 'ensemble') return candidate.reward_score ?? 0;
  return ensembleScore(candidate, policy.weights ?? defaultEnsembleWeights) ?? 0;
}

/** Index drawn with the given probabilities; the last possible one where rounding leaves the draw beyond their sum. */
function draw(chances: readonly number[], random: () => number): number {
  if (chances.includes(1)) return chances.indexOf(1);
  let left = random();
  for (const [index, chance] of chances.entries()) {
    left -= chance;
    if (left < 0) return index;
  }
  return chances.findLastIndex((chance) => chance > 0);
}
