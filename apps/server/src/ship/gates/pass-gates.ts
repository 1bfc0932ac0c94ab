import { AttuneError, atLeast, type GateName } from '@attune/contracts';
import type { Caller } from '../../platform/http/caller.ts';
import type { ModelRow } from '../registry-store.ts';
import type { ShipPlatform } from '../ship-platform.ts';
import { gatesOf, type Judged } from './model-gates.ts';

/** Why a deployment goes through although gates refuse it. */
export interface GateOverride {
  readonly gates: GateName[];
  readonly reason: string;
  readonly by: string;
}

/** Whether gates are to be overridden, and why. */
export interface ForcedBy {
  readonly force: boolean;
  readonly reason?: string | undefined;
}

/**
 * Lets a model pass to traffic, or an admin with a reason force it through: that is audited.
 * @returns the override, null where none was needed
 * @throws AttuneError `gates_failed` naming the gates; `forbidden` or `invalid_request` where forcing it is not allowed
 */
export async function passGates(
  { database, audit }: Pick<ShipPlatform, 'database' | 'audit'>,
  judged: Judged,
  model: ModelRow,
  { organization, role, principal }: Pick<Caller, 'organization' | 'role' | 'principal'>,
  { force, reason }: ForcedBy,
): Promise<GateOverride | null> {
  const { gates, refusing } = await gatesOf(database.sql, model, judged);
  if (refusing.length === 0) return null;
  if (!force) {
    const said = gates.filter(({ gate }) => refusing.includes(gate)).map(({ sentence }) => sentence);
    throw new AttuneError('gates_failed', { message: `${model.model_id} is refused. ${said.join(' ')}` });
  }
  if (!atLeast(role, 'admin')) {
    throw new AttuneError('forbidden', {
      message: 'Only an admin deploys what gates refuse.',
      param: 'force',
    });
  }
  const why = reason?.trim() ?? '';
  if (why === '') {
    throw new AttuneError('invalid_request', {
      param: 'reason',
      message: `Say why ${model.model_id} is right to deploy although gates refuse it (${refusing.join(', ')}).`,
    });
  }
  const override = { gates: refusing, reason: why, by: principal };
  const act = {
    organization,
    actor: principal,
    action: 'gates.overridden',
    subject: `model:${model.model_id}`,
  };
  await audit.record({ ...act, details: { gates: refusing, reason: why } });
  return override;
}

/** Keeps an override with the deployment that it let through. */
export async function keepOverride(
  sql: ShipPlatform['database']['sql'],
  ramp: { readonly id: string; readonly organization: string },
  override: GateOverride | null,
): Promise<void> {
  if (override === null) return;
  await sql
    .updateTable('ramps')
    .set({ gate_override: JSON.stringify(override) })
    .where('organization', '=', ramp.organization)
    .where('id', '=', ramp.id)
    .execute();
}
