import type { RampRow } from './ramp-store.ts';
import { shareOfNewModel } from './ramp-view.ts';

/** Who answers: `share` of the traffic has its answers chosen by `modelId`, the rest by `restId`; null is no model. */
export interface Traffic {
  readonly modelId: string | null;
  /** 0–1. */
  readonly share: number;
  readonly restId: string | null;
}

type Facts = Pick<RampRow, 'state' | 'steps' | 'step' | 'model_id' | 'previous_model_id'>;

/** What the ramp in force means for traffic. Before the first ramp no model takes any. */
export function trafficOf(ramp: Facts | undefined): Traffic {
  if (ramp === undefined) return { modelId: null, share: 1, restId: null };
  if (ramp.state === 'ramping' || ramp.state === 'complete') {
    return { modelId: ramp.model_id, share: shareOfNewModel(ramp), restId: ramp.previous_model_id };
  }
  return { modelId: ramp.previous_model_id, share: 1, restId: null };
}

/** The models that take any traffic. */
export function liveIds({ modelId, share, restId }: Traffic): string[] {
  const live = [share > 0 ? modelId : null, share < 1 ? restId : null];
  return live.filter((id) => id !== null);
}

/** The model that a further deployment has to beat: what stood before a ramp that has not ended well. */
export function incumbentOf(ramp: Facts | undefined): string | null {
  if (ramp === undefined) return null;
  return ramp.state === 'complete' ? ramp.model_id : ramp.previous_model_id;
}
