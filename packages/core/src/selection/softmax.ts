import type { Contender } from './candidate.ts';

/**
 * Probabilities in proportion to exp(score / temperature), summing to 1. Low temperatures approach the highest score,
 * high ones an even draw.
 * @throws RangeError unless the temperature is above 0
 */
export function softmax(contenders: readonly Contender[], temperature: number): number[] {
  if (!(temperature > 0)) throw new RangeError(`a softmax temperature lies above 0, got ${temperature}`);
  const top = Math.max(...contenders.map(({ score }) => score));
  const weights = contenders.map(({ score }) => Math.exp((score - top) / temperature));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}
