import type { Ramp } from '@attune/contracts';

/** What somebody should know of a ramp that was sent back or waits for a decision. */
export interface RampNotice {
  readonly kind: 'ramp_rolled_back' | 'ramp_held';
  readonly model: string;
  readonly message: string;
  /** How much worse the guard that tripped found it, the guard's margin, and observations behind it. */
  readonly value: number | null;
  readonly threshold: number | null;
  readonly n: number;
}

/** Says what was decided last about a ramp and on what. */
export function rampNotice(ramp: Ramp): RampNotice {
  const { model_id: model, previous_model_id: previous } = ramp;
  const last = ramp.history.at(-1);
  const reason = last?.reason ?? ramp.reason ?? 'no reason given';
  if (last?.action === 'held') {
    const message = `The ramp of ${model} waits for somebody to decide: ${reason}.`;
    return {
      kind: 'ramp_held',
      model,
      message,
      ...unknown,
      value: last.evidence?.sample_ratio_p_value ?? null,
    };
  }
  const nobody = ramp.kind === 'policy' ? 'the upstream' : 'no reward model';
  const rest = `Traffic goes to ${previous ?? nobody}.`;
  const how = last?.by === 'system' ? 'A guard sent' : 'Somebody sent';
  const message = `${how} ${model} back: ${reason}. ${rest}`;
  const tripped =
    last?.by === 'system' ? last.evidence?.guards.find(({ state }) => state === 'tripped') : undefined;
  if (tripped === undefined) return { kind: 'ramp_rolled_back', model, message, ...unknown };
  const { difference, margin: threshold } = tripped;
  return { kind: 'ramp_rolled_back', model, message, value: difference.value, threshold, n: difference.n };
}

const unknown = { value: null, threshold: null, n: 0 };
