import type { RampKind } from '@attune/contracts';
import type { Transaction } from 'kysely';
import type { Tables } from '../platform/db/tables.ts';
import type { AuditAct } from '../platform/identity/audit.ts';
import { lockTraffic, newestRamp, type RampRow } from './ramp-store.ts';
import { markDeployed } from './registry-store.ts';
import type { ShipPlatform } from './ship-platform.ts';
import { liveIds, trafficOf } from './traffic.ts';

type Sql = ShipPlatform['database']['sql'];

/** Decides on the ramp in force inside the transaction; gives the ramp that is in force afterwards, null for no change. */
export type TrafficDecision = (
  transaction: Sql,
  inForce: RampRow | undefined,
  now: Date,
) => Promise<RampRow | null>;

/** Who moves the traffic of an organisation and what that is, for the audit log. */
export interface TrafficAct {
  readonly organization: string;
  /** Which models' traffic it is. */
  readonly kind: RampKind;
  /** Principal of the caller, or `system`. */
  readonly actor: string;
  readonly action:
    | 'model.deployed'
    | 'model.advanced'
    | 'model.rolled_back'
    | 'model.ramp_held'
    | 'model.ramp_paused'
    | 'model.ramp_resumed';
  /** Where the ramp itself does not say it. */
  readonly reason?: string;
}

/** Tells every replica, this one before it resolves. */
export type Announce = (organization: string) => Promise<void>;

/**
 * The one way in which traffic moves: decisions of one organisation follow each other, the registry's statuses and
 * the audit log change with the ramp or not at all, and replicas hear of it at once.
 */
export async function changeTraffic(
  platform: Pick<ShipPlatform, 'database' | 'clock' | 'audit'>,
  announce: Announce,
  act: TrafficAct,
  decide: TrafficDecision,
): Promise<RampRow | null> {
  const { sql } = platform.database;
  const ramp = await sql.transaction().execute((tx) => changeTrafficWithin(tx, platform, act, decide));
  if (ramp !== null) await announce(act.organization);
  return ramp;
}

/** The same as part of a transaction; replicas are to be told after it. */
export async function changeTrafficWithin(
  transaction: Transaction<Tables>,
  platform: Pick<ShipPlatform, 'clock' | 'audit'>,
  act: TrafficAct,
  decide: TrafficDecision,
): Promise<RampRow | null> {
  const { organization, kind } = act;
  const now = platform.clock.now();
  await lockTraffic(transaction, organization);
  const changed = await decide(transaction, await newestRamp(transaction, organization, kind), now);
  if (changed === null) return null;
  await markDeployed(transaction, organization, kind, liveIds(trafficOf(changed)), now);
  await platform.audit.record(auditAct(act, changed), transaction);
  return changed;
}

function auditAct({ organization, actor, action, reason }: TrafficAct, ramp: RampRow): AuditAct {
  const { id, model_id, previous_model_id: previous, step, state, evidence } = ramp;
  const details = { ramp: id, previous, step, state, reason: reason ?? ramp.reason, evidence };
  return { organization, actor, action, subject: `model:${model_id}`, details };
}
