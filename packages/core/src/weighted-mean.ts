/**
 * Mean of named scores by named weights: dimension scores of an answer by the weights of a request, or the reward and
 * the rule scores of `ensemble`. Names without a weight, and weights without a score, do not count; without any
 * weight at all every score counts the same.
 *
 * @returns null when no score counts
 * @throws RangeError on a negative or infinite weight
 */
export function weightedMean(
  scores: Readonly<Record<string, number | undefined>>,
  weights: Readonly<Record<string, number | undefined>> = {},
): number | null {
  const equal = Object.keys(weights).length === 0;
  let sum = 0;
  let total = 0;
  for (const [name, score] of Object.entries(scores)) {
    const weight = equal ? 1 : (weights[name] ?? 0);
    if (!(weight >= 0 && weight < Infinity)) throw new RangeError(`weight of ${name}: ${weight}`);
    if (score === undefined) continue;
    sum += weight * score;
    total += weight;
  }
  return total > 0 ? sum / total : null;
}
