import type { Blend } from '@attune/contracts';
import { estimateText } from './table.ts';

/** What a blend is worth, and whether to take it. */
export function blendText({ model_id, models, weight, gains, recommended }: Blend): string {
  const share = `${Math.round(weight * 100)} % ${models[0]}, ${100 - Math.round(weight * 100)} % ${models[1]}`;
  return [
    `  ${model_id}: ${share}`,
    ...gains.map((gain) => `  pair accuracy gained on ${gain.model_id}: ${estimateText(gain.pair_accuracy)}`),
    recommended
      ? '  Recommended: it is better than both.'
      : '  Not recommended: it is not shown to be better than both.',
  ].join('\n');
}
