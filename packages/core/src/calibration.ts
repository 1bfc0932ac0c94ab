import { type Estimate, wilson } from './interval.ts';
import { mean } from './moments.ts';
import { assertSameLength } from './same-length.ts';

/** One bar of a reliability plot: predictions in [lower, upper) (the last bin includes 1), and what came true. */
export interface ReliabilityBin {
  lower: number;
  upper: number;
  mean_probability: number;
  /** Share of positives among the n predictions of the bin, with its Wilson interval. */
  observed: Estimate;
}

/**
 * Predictions in `bins` bins of equal width over 0–1 with the share that came true; empty bins are left out.
 * @throws RangeError on different lengths or a probability outside 0–1
 */
export function reliability(
  probabilities: readonly number[],
  labels: readonly boolean[],
  bins = 10,
): ReliabilityBin[] {
  assertSameLength(probabilities, labels);
  const members = Array.from({ length: bins }, (): number[] => []);
  probabilities.forEach((p, index) => {
    if (!(p >= 0 && p <= 1)) throw new RangeError(`a probability lies in 0 to 1, got ${p}`);
    members[Math.min(bins - 1, Math.floor(p * bins))]!.push(index);
  });
  return members.flatMap((indices, bin) => {
    if (indices.length === 0) return [];
    const positives = indices.filter((index) => labels[index]).length;
    return {
      lower: bin / bins,
      upper: (bin + 1) / bins,
      mean_probability: mean(indices.map((index) => probabilities[index]!)),
      observed: wilson(positives, indices.length),
    };
  });
}

/**
 * Expected calibration error, 0–1: |observed share − mean probability| averaged over equal-width bins by their size
 * (Naeini et al. 2015; Guo et al. 2017, equation 3). NaN when empty.
 * @throws RangeError on different lengths or a probability outside 0–1
 */
export function expectedCalibrationError(
  probabilities: readonly number[],
  labels: readonly boolean[],
  bins = 10,
): number {
  let weighted = 0;
  for (const bin of reliability(probabilities, labels, bins)) {
    weighted += bin.observed.n * Math.abs(bin.observed.value - bin.mean_probability);
  }
  return weighted / probabilities.length;
}

/** Mean rating, in stars, from which on an answer counts as good. */
const GOOD = 4;

/**
 * The expected calibration error of rewards, 0–1, as Attune takes it everywhere: over answers, each once, which are good
 * when the mean of their ratings is 4 or more. What several people said of one answer is one judgement of it.
 * @throws RangeError on a reward outside 0–1
 */
export function answerCalibrationError(
  answers: readonly { readonly reward: number; readonly rating: number }[],
): number {
  return expectedCalibrationError(
    answers.map(({ reward }) => reward),
    answers.map(({ rating }) => rating >= GOOD),
  );
}
