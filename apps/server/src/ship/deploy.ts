import { AttuneError, type RampKind } from '@attune/contracts';
import { newId } from '../platform/ids.ts';
import { type Announce, changeTraffic } from './change-traffic.ts';
import { hasRunningExperiment } from './experiments/experiment-store.ts';
import { modelBefore } from './model-before.ts';
import { type RampAct, rampEvent, withEvent } from './ramp-history.ts';
import { endsAt, type RampPlan } from './ramp-plan.ts';
import { insertRamp, type RampRow, updateRamp } from './ramp-store.ts';
import type { ModelRow } from './registry-store.ts';
import type { ShipPlatform } from './ship-platform.ts';
import { incumbentOf } from './traffic.ts';

type Sql = ShipPlatform['database']['sql'];

/**
 * Starts to give a model traffic, step by step; what stands now gets the rest. A ramp under way is superseded: its
 * incumbent stays the incumbent, because its own model has not proved itself. A model that has all traffic already
 * keeps it.
 * @throws AttuneError `experiment_under_way` for a plan in steps beside a running experiment
 */
export async function deploy(
  platform: ShipPlatform,
  announce: Announce,
  model: ModelRow,
  plan: RampPlan,
  actor: string,
): Promise<RampRow> {
  let already: RampRow | null = null;
  const { organization } = model;
  const act = { organization, actor, kind: rampKindOf(model), action: 'model.deployed' as const };
  const started = await changeTraffic(platform, announce, act, async (tx, inForce, now) => {
    if (hasAll(inForce, model)) {
      already = inForce ?? null;
      return null;
    }
    return await startRamp(tx, inForce, model, plan, { actor, reason: null, at: now });
  });
  const ramp = started ?? already;
  if (ramp === null) throw new AttuneError('model_not_deployable');
  return ramp;
}

/** Safety heads take no traffic: what may be deployed is checked before. */
function rampKindOf({ kind }: ModelRow): RampKind {
  return kind === 'policy' ? 'policy' : 'reward';
}

/** Whether a model has all traffic. */
export function hasAll(inForce: RampRow | undefined, { model_id }: ModelRow): boolean {
  return inForce?.state === 'complete' && inForce.model_id === model_id;
}

/** Starts a ramp as part of a change of traffic, in place of one under way. */
export async function startRamp(
  tx: Sql,
  inForce: RampRow | undefined,
  model: ModelRow,
  plan: RampPlan,
  by: RampAct,
): Promise<RampRow> {
  if (inForce?.state === 'ramping') await supersede(tx, inForce, model, by);
  const ramp = await start(tx, inForce, model, plan, by);
  // Both compare models by who happens to get them: neither could be believed beside the other.
  if (
    ramp.kind === 'reward' &&
    ramp.state === 'ramping' &&
    (await hasRunningExperiment(tx, model.organization))
  ) {
    throw new AttuneError('experiment_under_way');
  }
  return ramp;
}

async function supersede(tx: Sql, ramp: RampRow, model: ModelRow, by: RampAct): Promise<void> {
  const reason = `${model.model_id} was deployed`;
  const state = 'superseded' as const;
  const event = rampEvent('superseded', { ...ramp, state }, { ...by, reason });
  const history = withEvent(ramp, event);
  await updateRamp(tx, ramp, { state, reason, paused_at: null, ended_at: by.at, history });
}

async function start(
  tx: Sql,
  inForce: RampRow | undefined,
  model: ModelRow,
  { steps, guards, criteria }: RampPlan,
  by: RampAct,
): Promise<RampRow> {
  const incumbent = incumbentOf(inForce);
  const isIncumbent = incumbent === model.model_id;
  // The incumbent has nobody to win traffic from: it takes the rest at once, and what stood before it is next in line.
  const previous = isIncumbent ? await modelBefore(tx, model.organization, model.model_id) : incumbent;
  const complete = isIncumbent || endsAt(steps, 0);
  const state = complete ? ('complete' as const) : ('ramping' as const);
  const step = isIncumbent ? steps.length - 1 : 0;
  return await insertRamp(tx, {
    id: newId(),
    organization: model.organization,
    kind: rampKindOf(model),
    model_id: model.model_id,
    previous_model_id: previous,
    state,
    steps: JSON.stringify(steps),
    guards: JSON.stringify(guards),
    criteria: JSON.stringify(criteria),
    step,
    reason: null,
    step_started_at: by.at,
    created_at: by.at,
    ended_at: complete ? by.at : null,
    history: withEvent({ history: [] }, rampEvent('started', { state, steps, step }, by)),
  });
}
