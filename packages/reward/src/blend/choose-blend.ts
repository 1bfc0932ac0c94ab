import { softplus } from '../solve/logistic-regression.ts';
import { fitPlatt } from '../solve/platt.ts';
import { foldsByGroup } from '../train/folds.ts';

/** What two models say of one answer, in log-odds. */
export type TwoLogits = readonly [number, number];

/** Answers that both models have scored; those to one question share a group. */
export interface BothScored {
  answers: readonly { group: string; logits: TwoLogits; rating?: number }[];
  pairs: readonly { group: string; better: TwoLogits; worse: TwoLogits }[];
}

/** Log-odds of a blend: `coefficients · logits + intercept`. */
export interface Blend {
  /** Share of the first model, 0–1, where each model's logits have standard deviation 1. */
  weight: number;
  coefficients: TwoLogits;
  intercept: number;
}

/** Shares that are tried: steps of a twentieth. */
const STEPS = 20;
/** Answers from this rating on count as good, as in training. */
const GOOD = 4;
/** From so many ratings on, scores are calibrated on them. */
const ENOUGH_TO_CALIBRATE = 50;
/** Of a lead in standard deviations, what it is worth in log-odds that the better answer wins. */
const LEAD = 2;

/**
 * The blend whose order loses least: −log σ(2 · lead) over pairs, leads between logits of mean 0 and standard deviation
 * 1. Its scores are calibrated on ratings (Platt), or else keep the mean and spread of the models'.
 */
export function chooseBlend(rows: BothScored): Blend {
  const [first, second] = [spreadOf(rows, 0), spreadOf(rows, 1)];
  const lossAt = (weight: number) =>
    rows.pairs.reduce((loss, { better, worse }) => {
      const [one, other] = [(better[0] - worse[0]) / first.sd, (better[1] - worse[1]) / second.sd];
      return loss + softplus(-LEAD * (weight * one + (1 - weight) * other));
    }, 0);
  const shares = Array.from({ length: STEPS + 1 }, (_, step) => step / STEPS);
  const weight = shares.reduce((best, share) => (lossAt(share) < lossAt(best) ? share : best));
  const coefficients = [weight / first.sd, (1 - weight) / second.sd] as const;
  const intercept = -coefficients[0] * first.mean - coefficients[1] * second.mean;
  const { slope, offset } = calibrationOf(rows, { weight, coefficients, intercept }) ?? {
    slope: weight * first.sd + (1 - weight) * second.sd,
    offset: weight * first.mean + (1 - weight) * second.mean,
  };
  return {
    weight,
    coefficients: [slope * coefficients[0], slope * coefficients[1]],
    intercept: slope * intercept + offset,
  };
}

/** For each group the blend that the other folds choose: what it says of the group is no part of its choice. */
export function crossFittedBlends(rows: BothScored, folds: number, seed: number): Map<string, Blend> {
  const groups = [...new Set([...rows.answers, ...rows.pairs].map(({ group }) => group))];
  const fold = foldsByGroup([...groups.keys()], folds, seed);
  const foldOf = new Map(groups.map((group, at) => [group, fold[at]]));
  const chosen = new Map<number | undefined, Blend>();
  for (const own of new Set(fold)) {
    const isOutside = ({ group }: { group: string }) => foldOf.get(group) !== own;
    chosen.set(
      own,
      chooseBlend({ answers: rows.answers.filter(isOutside), pairs: rows.pairs.filter(isOutside) }),
    );
  }
  return new Map(groups.map((group) => [group, chosen.get(foldOf.get(group))!]));
}

/** What a blend says of an answer, in log-odds. */
export function blendedLogit(
  { coefficients, intercept }: Pick<Blend, 'coefficients' | 'intercept'>,
  [first, second]: TwoLogits,
) {
  return coefficients[0] * first + coefficients[1] * second + intercept;
}

function spreadOf({ answers }: BothScored, model: 0 | 1) {
  const logits = answers.map(({ logits }) => logits[model]);
  const mean = logits.reduce((sum, logit) => sum + logit, 0) / Math.max(1, logits.length);
  const variance = logits.reduce((sum, logit) => sum + (logit - mean) ** 2, 0) / Math.max(1, logits.length);
  return { mean, sd: Math.sqrt(variance) || 1 };
}

/** Null where too few answers are rated. */
function calibrationOf({ answers }: BothScored, blend: Blend) {
  const points = answers.flatMap(({ logits, rating }) =>
    rating === undefined
      ? []
      : { score: blendedLogit(blend, logits), target: rating >= GOOD ? 1 : 0, weight: 1 },
  );
  return points.length < ENOUGH_TO_CALIBRATE ? null : fitPlatt(points);
}
