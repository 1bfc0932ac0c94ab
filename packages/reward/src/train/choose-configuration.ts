import { sigmoid, softplus } from '../solve/logistic-regression.ts';
import { fitPlatt } from '../solve/platt.ts';
import { ALTERNATIVES, type Configuration, DEFAULT_CONFIGURATION } from './configuration.ts';
import type { Targets } from './fit.ts';
import type { Item } from './items.ts';
import { outOfFoldScores } from './out-of-fold.ts';
import type { DenseSet } from './prepared.ts';

/** A configuration with the out-of-fold scores it gives. */
export interface Choice {
  configuration: Configuration;
  scores: Float64Array;
}

/** How a choice is made. */
export interface ChoiceOptions {
  lengthControlled: boolean;
  /** Called after each configuration that was tried. */
  onTried: () => void;
}

/** With fewer comparisons within queries than this, single answers alone are judged. */
const ENOUGH_PAIRS = 30;

/**
 * Chooses a configuration by cross-validated log loss. The search starts at the default and moves only for a gain
 * larger than its standard error over queries: on few samples the noise of choosing costs more than a default.
 */
export function chooseConfiguration(
  set: DenseSet,
  targets: Targets,
  folds: readonly number[],
  { lengthControlled, onTried }: ChoiceOptions,
): Choice {
  const evaluate = (configuration: Configuration): Choice & { losses: Map<number, number> } => {
    const scores = outOfFoldScores(set, targets, folds, configuration, lengthControlled);
    onTried();
    return { configuration, scores, losses: lossesByQuery(set.items, targets, scores) };
  };
  let best = evaluate(DEFAULT_CONFIGURATION);
  for (const configurations of searchOrder(targets)) {
    const candidates = configurations.map((change) => evaluate({ ...best.configuration, ...change }));
    for (const candidate of candidates) if (clearlyBetter(candidate.losses, best.losses)) best = candidate;
  }
  return { configuration: best.configuration, scores: best.scores };
}

/** How many configurations a search tries. */
export function configurationsTried(targets: Targets): number {
  return 1 + searchOrder(targets).flat().length;
}

function searchOrder({ points, pairs }: Targets): Partial<Configuration>[][] {
  const both = points.length > 0 && pairs.length > 0;
  return [
    ALTERNATIVES.interaction.map((interaction) => ({ interaction })),
    ALTERNATIVES.penalty.map((penalty) => ({ penalty })),
    both ? ALTERNATIVES.pointwise.map((pointwise) => ({ pointwise })) : [],
  ];
}

/**
 * Log loss of each query's comparisons and of its single answers, each as a share of the loss of knowing nothing. Both
 * count alike: scores that order the answers of one query but mean nothing beside another query's cannot tell a good
 * answer from a bad one.
 */
function lossesByQuery(items: readonly Item[], targets: Targets, scores: Float64Array): Map<number, number> {
  const [points, pairs] = [targets.points.length > 0, targets.pairs.length >= ENOUGH_PAIRS];
  if (!points || !pairs)
    return pairs ? pairLosses(items, targets, scores) : pointLosses(items, targets, scores);
  const total = shares(pairLosses(items, targets, scores), weightOf(targets.pairs));
  for (const [group, loss] of shares(pointLosses(items, targets, scores), weightOf(targets.points))) {
    total.set(group, (total.get(group) ?? 0) + loss);
  }
  return total;
}

function weightOf(targets: readonly { weight: number }[]): number {
  return targets.reduce((sum, { weight }) => sum + weight, 0);
}

function shares(losses: ReadonlyMap<number, number>, weight: number): Map<number, number> {
  return new Map([...losses].map(([group, loss]) => [group, loss / (weight * Math.LN2)]));
}

function pairLosses(items: readonly Item[], { pairs }: Targets, scores: Float64Array): Map<number, number> {
  const margins = pairs.map(({ better, worse, weight }) => ({
    score: scores[better]! - scores[worse]!,
    weight,
  }));
  const { slope } = fitPlatt(
    margins.flatMap(({ score, weight }) => [
      { score, weight, target: 1 },
      { score: -score, weight, target: 0 },
    ]),
  );
  return sumByGroup(
    pairs.map(({ better, weight }, index) => ({
      group: items[better]!.group,
      loss: weight * softplus(-slope * margins[index]!.score),
    })),
  );
}

function pointLosses(items: readonly Item[], { points }: Targets, scores: Float64Array): Map<number, number> {
  const { slope, offset } = fitPlatt(points.map((point) => ({ ...point, score: scores[point.row]! })));
  return sumByGroup(
    points.map(({ row, target, weight }) => {
      const probability = sigmoid(slope * scores[row]! + offset);
      const loss = -target * Math.log(probability) - (1 - target) * Math.log1p(-probability);
      return { group: items[row]!.group, loss: weight * loss };
    }),
  );
}

function sumByGroup(losses: { group: number; loss: number }[]): Map<number, number> {
  const sums = new Map<number, number>();
  for (const { group, loss } of losses) sums.set(group, (sums.get(group) ?? 0) + loss);
  return sums;
}

function clearlyBetter(candidate: Map<number, number>, incumbent: Map<number, number>): boolean {
  const gains = [...incumbent].map(([group, loss]) => loss - candidate.get(group)!);
  const mean = gains.reduce((sum, gain) => sum + gain, 0) / gains.length;
  const variance = gains.reduce((sum, gain) => sum + (gain - mean) ** 2, 0) / Math.max(1, gains.length - 1);
  return mean > Math.sqrt(variance / gains.length);
}
