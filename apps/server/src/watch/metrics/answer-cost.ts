import type { GenerationStage } from '../observers.ts';

/** What a million tokens of a model cost. */
export interface Price {
  readonly input: number;
  readonly output: number;
}

/** Prices by the model's name. */
export type Prices = ReadonlyMap<string, Price>;

/** What one candidate cost; tokens that nobody counted cost nothing. */
export function costOf(
  { inputTokens, outputTokens }: Pick<GenerationStage, 'inputTokens' | 'outputTokens'>,
  { input, output }: Price,
): number {
  return ((inputTokens ?? 0) * input + (outputTokens ?? 0) * output) / 1_000_000;
}
