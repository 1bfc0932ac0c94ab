import type { Ramp } from '@attune/contracts';

/** The deployment in force: the newest, unless everything was rolled back. */
export function rampInForce(ramps: readonly Ramp[]): Ramp | null {
  return ramps.find(({ state }) => state === 'ramping' || state === 'complete') ?? null;
}

/** Share of traffic, 0–1, that each model gets under a deployment; `nobody` names the absence of a model. */
export function trafficOf(
  { model_id, previous_model_id, share }: Ramp,
  nobody: string,
): { model: string; share: number }[] {
  const rest = previous_model_id ?? nobody;
  const parts = [
    { model: model_id, share },
    { model: rest, share: 1 - share },
  ];
  return parts.filter((part) => part.share > 0);
}
