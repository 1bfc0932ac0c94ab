import type { RampKind } from '@attune/contracts';
import { type Insertable, sql as raw, type Selectable, type Updateable } from 'kysely';
import type { Database } from '../platform/db/open.ts';
import type { Tables } from '../platform/db/tables.ts';

type Sql = Database['sql'];
export type RampRow = Selectable<Tables['ramps']>;

/** Every change of an organisation's traffic waits here for the one before; released with the transaction. */
export async function lockTraffic(transaction: Sql, organization: string): Promise<void> {
  const key = `attune.traffic.${organization}`;
  await raw`SELECT pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(transaction);
}

/** The ramp in force for models of a kind: the newest one, in whatever state. */
export function newestRamp(sql: Sql, organization: string, kind: RampKind): Promise<RampRow | undefined> {
  return sql
    .selectFrom('ramps')
    .selectAll()
    .where('organization', '=', organization)
    .where('kind', '=', kind)
    .orderBy('position', 'desc')
    .executeTakeFirst();
}

/** The newest ramp that gave a model traffic. */
export function newestRampOf(sql: Sql, organization: string, modelId: string): Promise<RampRow | undefined> {
  return sql
    .selectFrom('ramps')
    .selectAll()
    .where('organization', '=', organization)
    .where('model_id', '=', modelId)
    .orderBy('position', 'desc')
    .executeTakeFirst();
}

export function listRamps(
  sql: Sql,
  organization: string,
  { kind, before, limit }: { kind?: RampKind | undefined; before: number | undefined; limit: number },
): Promise<RampRow[]> {
  let rows = sql.selectFrom('ramps').selectAll().where('organization', '=', organization);
  if (kind !== undefined) rows = rows.where('kind', '=', kind);
  if (before !== undefined) rows = rows.where('position', '<', before);
  return rows.orderBy('position', 'desc').limit(limit).execute();
}

export function insertRamp(sql: Sql, row: Insertable<Tables['ramps']>): Promise<RampRow> {
  return sql.insertInto('ramps').values(row).returningAll().executeTakeFirstOrThrow();
}

export function updateRamp(
  sql: Sql,
  ramp: Pick<RampRow, 'id' | 'organization'>,
  change: Updateable<Tables['ramps']>,
): Promise<RampRow> {
  return sql
    .updateTable('ramps')
    .set(change)
    .where('organization', '=', ramp.organization)
    .where('id', '=', ramp.id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Takes up every ramp under way whose time to be looked at has come; until `until` it is this replica's alone. */
export function claimRamps(sql: Sql, now: Date, until: Date): Promise<RampRow[]> {
  return sql
    .updateTable('ramps')
    .set({ next_check_at: until })
    .where('state', '=', 'ramping')
    .where((is) => is.or([is('next_check_at', 'is', null), is('next_check_at', '<=', now)]))
    .returningAll()
    .execute();
}

/** A ramp in force with the artifacts and endpoints of its two models. */
export type TrafficRow = RampRow & {
  model_artifact: string | null;
  previous_artifact: string | null;
  model_config: unknown;
  previous_config: unknown;
};

/** The ramps in force, one of each kind, of every organisation that ever had one. */
export function rampsInForce(sql: Sql): Promise<TrafficRow[]> {
  return sql
    .selectFrom('ramps')
    .leftJoin('model_registry as fresh', (join) =>
      join
        .onRef('fresh.organization', '=', 'ramps.organization')
        .onRef('fresh.model_id', '=', 'ramps.model_id'),
    )
    .leftJoin('model_registry as previous', (join) =>
      join
        .onRef('previous.organization', '=', 'ramps.organization')
        .onRef('previous.model_id', '=', 'ramps.previous_model_id'),
    )
    .distinctOn(['ramps.organization', 'ramps.kind'])
    .selectAll('ramps')
    .select(['fresh.artifact_sha256 as model_artifact', 'previous.artifact_sha256 as previous_artifact'])
    .select(['fresh.deployment_config as model_config', 'previous.deployment_config as previous_config'])
    .orderBy('ramps.organization')
    .orderBy('ramps.kind')
    .orderBy('ramps.position', 'desc')
    .execute();
}
