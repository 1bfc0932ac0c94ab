import { midranks } from './ranks.ts';
import { assertSameLength } from './same-length.ts';

/** Share of predictions that are right, 0–1; NaN when empty. @throws RangeError on different lengths */
export function accuracy(predicted: readonly boolean[], actual: readonly boolean[]): number {
  assertSameLength(predicted, actual);
  return predicted.filter((value, index) => value === actual[index]).length / predicted.length;
}

/**
 * Probability that a random positive scores above a random negative, ties counting half (the area under the ROC
 * curve as the Mann–Whitney statistic; Hanley and McNeil 1982). NaN when a class is absent.
 * @throws RangeError on different lengths
 */
export function auc(scores: readonly number[], labels: readonly boolean[]): number {
  assertSameLength(scores, labels);
  let rankSum = 0;
  let positives = 0;
  midranks(scores).forEach((rank, index) => {
    if (!labels[index]) return;
    rankSum += rank;
    positives++;
  });
  const negatives = labels.length - positives;
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}

/** Share of margins (score of the preferred minus score of the other) above 0, zeros counting half; NaN when empty. */
export function pairAccuracy(margins: readonly number[]): number {
  let right = 0;
  for (const margin of margins) right += margin > 0 ? 1 : margin === 0 ? 0.5 : 0;
  return right / margins.length;
}

/** Mean squared difference, in squared units of the values; NaN when empty. @throws RangeError on different lengths */
export function meanSquaredError(predicted: readonly number[], actual: readonly number[]): number {
  return meanOf(predicted, actual, (difference) => difference ** 2);
}

/** Mean absolute difference, in units of the values; NaN when empty. @throws RangeError on different lengths */
export function meanAbsoluteError(predicted: readonly number[], actual: readonly number[]): number {
  return meanOf(predicted, actual, Math.abs);
}

function meanOf(
  predicted: readonly number[],
  actual: readonly number[],
  loss: (difference: number) => number,
): number {
  assertSameLength(predicted, actual);
  let sum = 0;
  predicted.forEach((value, index) => {
    sum += loss(value - actual[index]!);
  });
  return sum / predicted.length;
}
