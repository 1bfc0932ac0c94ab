import type { ModelKind, ModelStatus } from '@attune/contracts';
import { type Insertable, sql as raw, type Selectable } from 'kysely';
import type { Database } from '../platform/db/open.ts';
import type { Tables } from '../platform/db/tables.ts';
import { isId } from '../platform/ids.ts';

type Sql = Database['sql'];
export type ModelRow = Selectable<Tables['model_registry']>;

/** Versions are our own `major.minor.patch`, so that they compare as three numbers. */
const byVersion = raw`string_to_array(version, '.')::int[]`;

/** One model by id, by `name@version`, or by name: then its newest version, archived ones last. */
export function findModel(sql: Sql, organization: string, given: string): Promise<ModelRow | undefined> {
  const rows = sql.selectFrom('model_registry').selectAll().where('organization', '=', organization);
  if (isId(given)) return rows.where('id', '=', given).executeTakeFirst();
  return rows
    .where((is) => is.or([is('model_id', '=', given), is('name', '=', given)]))
    .orderBy((is) => is('model_id', '=', given), 'desc')
    .orderBy((is) => is('status', '=', 'archived'))
    .orderBy(byVersion, 'desc')
    .executeTakeFirst();
}

export function listModels(
  sql: Sql,
  organization: string,
  filter: {
    kind?: ModelKind | undefined;
    status?: ModelStatus | undefined;
    name?: string | undefined;
    before: string | undefined;
    limit: number;
  },
): Promise<ModelRow[]> {
  let rows = sql.selectFrom('model_registry').selectAll().where('organization', '=', organization);
  if (filter.kind !== undefined) rows = rows.where('kind', '=', filter.kind);
  if (filter.status !== undefined) rows = rows.where('status', '=', filter.status);
  if (filter.name !== undefined) rows = rows.where('name', '=', filter.name);
  if (filter.before !== undefined) rows = rows.where('id', '<', filter.before);
  return rows.orderBy('id', 'desc').limit(filter.limit).execute();
}

export function modelOfJob(sql: Sql, organization: string, jobId: string): Promise<ModelRow | undefined> {
  return sql
    .selectFrom('model_registry')
    .selectAll()
    .where('organization', '=', organization)
    .where('fine_tuning_job_id', '=', jobId)
    .executeTakeFirst();
}

/** Highest version of a name, null before the first. */
export async function highestVersion(sql: Sql, organization: string, name: string): Promise<string | null> {
  const row = await sql
    .selectFrom('model_registry')
    .select('version')
    .where('organization', '=', organization)
    .where('name', '=', name)
    .orderBy(byVersion, 'desc')
    .executeTakeFirst();
  return row?.version ?? null;
}

export async function insertModel(sql: Sql, row: Insertable<Tables['model_registry']>): Promise<void> {
  await sql.insertInto('model_registry').values(row).execute();
}

/** Marks exactly these models of a kind as deployed and those that were as deprecated. */
export async function markDeployed(
  sql: Sql,
  organization: string,
  kind: ModelKind,
  live: readonly string[],
  now: Date,
): Promise<void> {
  const ofKind = () =>
    sql.updateTable('model_registry').where('organization', '=', organization).where('kind', '=', kind);
  let fallen = ofKind().set({ status: 'deprecated' }).where('status', '=', 'deployed');
  if (live.length > 0) fallen = fallen.where('model_id', 'not in', live);
  await fallen.execute();
  if (live.length === 0) return;
  await ofKind()
    .set({ status: 'deployed', deployed_at: now })
    .where('model_id', 'in', live)
    .where('status', '!=', 'deployed')
    .execute();
}

export async function archiveModel(sql: Sql, organization: string, modelId: string): Promise<ModelRow> {
  return await sql
    .updateTable('model_registry')
    .set({ status: 'archived' })
    .where('organization', '=', organization)
    .where('model_id', '=', modelId)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Versions of a name follow each other; released with the transaction. */
export async function lockName(transaction: Sql, organization: string, name: string): Promise<void> {
  const lock = `attune.registry.${organization}.${name}`;
  await raw`SELECT pg_advisory_xact_lock(hashtextextended(${lock}, 0))`.execute(transaction);
}

export async function setDeploymentConfig(
  sql: Sql,
  { organization, id }: Pick<ModelRow, 'organization' | 'id'>,
  config: string,
): Promise<ModelRow> {
  return await sql
    .updateTable('model_registry')
    .set({ deployment_config: config })
    .where('organization', '=', organization)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
}
