import type { ChatRequest } from '@attune/contracts';

/** How an upstream is asked to vary its answers. */
export interface SamplingStrategy {
  /** Name under which the candidate is logged. */
  readonly method: string;
  readonly fields: Readonly<Partial<Record<'temperature' | 'top_p' | 'top_k', number>>>;
}

/** The named strategies, in the order in which candidates take them. */
export const samplingStrategies: readonly [SamplingStrategy, ...SamplingStrategy[]] = [
  { method: 'temperature_0.7', fields: { temperature: 0.7, top_p: 0.9 } },
  { method: 'temperature_1.0', fields: { temperature: 1.0, top_p: 0.8 } },
  { method: 'top_k_50', fields: { top_k: 50 } },
];

const asRequested: SamplingStrategy = { method: 'as_requested', fields: {} };

/**
 * One strategy per candidate. A single candidate is asked for exactly as the client asked, because there is nothing
 * to vary; of several, the first keeps a temperature or top_p of the client's, the others take the named strategies
 * in turn.
 */
export function samplingPlan(request: ChatRequest, candidates: number): SamplingStrategy[] {
  if (candidates === 1) return [asRequested];
  const own = typeof request.temperature === 'number' || typeof request.top_p === 'number';
  const named = Array.from(
    { length: candidates },
    (_, index) => samplingStrategies[index % samplingStrategies.length] ?? samplingStrategies[0],
  );
  return own ? [asRequested, ...named.slice(0, -1)] : named;
}
