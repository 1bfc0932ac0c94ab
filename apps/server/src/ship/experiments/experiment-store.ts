import type { ExperimentLook, ExperimentStatus } from '@attune/contracts';
import { type Insertable, sql as raw, type Selectable, type Updateable } from 'kysely';
import type { Database } from '../../platform/db/open.ts';
import type { Tables } from '../../platform/db/tables.ts';
import type { RunningTrial } from './running-trial.ts';

type Sql = Database['sql'];
export type ExperimentRow = Selectable<Tables['ab_test_experiments']>;

/** Experiments on reward models share this line of users. */
const GROUP = 'reward';

export function findExperiment(
  sql: Sql,
  organization: string,
  id: string,
): Promise<ExperimentRow | undefined> {
  return sql
    .selectFrom('ab_test_experiments')
    .selectAll()
    .where('organization', '=', organization)
    .where('id', '=', id)
    .executeTakeFirst();
}

export function listExperiments(
  sql: Sql,
  organization: string,
  filter: { status?: ExperimentStatus | undefined; before: string | undefined; limit: number },
): Promise<ExperimentRow[]> {
  let rows = sql.selectFrom('ab_test_experiments').selectAll().where('organization', '=', organization);
  if (filter.status !== undefined) rows = rows.where('status', '=', filter.status);
  if (filter.before !== undefined) rows = rows.where('id', '<', filter.before);
  return rows.orderBy('id', 'desc').limit(filter.limit).execute();
}

export function insertExperiment(
  sql: Sql,
  row: Insertable<Tables['ab_test_experiments']>,
): Promise<ExperimentRow> {
  return sql.insertInto('ab_test_experiments').values(row).returningAll().executeTakeFirstOrThrow();
}

export function updateExperiment(
  sql: Sql,
  { id, organization }: Pick<ExperimentRow, 'id' | 'organization'>,
  change: Updateable<Tables['ab_test_experiments']>,
): Promise<ExperimentRow> {
  return sql
    .updateTable('ab_test_experiments')
    .set(change)
    .where('organization', '=', organization)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Parts of the line that running and paused experiments have; a paused one keeps its users. */
export async function partsTaken(sql: Sql, organization: string): Promise<{ from: number; to: number }[]> {
  return await sql
    .selectFrom('ab_test_experiments')
    .select(['traffic_from as from', 'traffic_to as to'])
    .where('organization', '=', organization)
    .where('status', 'in', ['running', 'paused'])
    .execute();
}

/** Whether an experiment that runs, or may go on, needs a model. */
export async function isInExperiment(sql: Sql, organization: string, modelId: string): Promise<boolean> {
  const row = await sql
    .selectFrom('ab_test_experiments')
    .select('id')
    .where('organization', '=', organization)
    .where('status', 'in', ['running', 'paused'])
    .where((is) => is.or([is('control_model_id', '=', modelId), is('treatment_model_id', '=', modelId)]))
    .executeTakeFirst();
  return row !== undefined;
}

/** Whether an experiment takes traffic now. */
export async function hasRunningExperiment(sql: Sql, organization: string): Promise<boolean> {
  const row = await sql
    .selectFrom('ab_test_experiments')
    .select('id')
    .where('organization', '=', organization)
    .where('status', '=', 'running')
    .executeTakeFirst();
  return row !== undefined;
}

/** Takes up every running experiment whose time to be looked at has come; until `until` it is this replica's alone. */
export function claimExperiments(sql: Sql, now: Date, until: Date): Promise<ExperimentRow[]> {
  return sql
    .updateTable('ab_test_experiments')
    .set({ next_look_at: until })
    .where('status', '=', 'running')
    .where((is) => is.or([is('next_look_at', 'is', null), is('next_look_at', '<=', now)]))
    .returningAll()
    .execute();
}

/** Every experiment that takes traffic, with the files of its models. One whose model lost its file takes none. */
export async function runningTrials(sql: Sql): Promise<RunningTrial[]> {
  const rows = await sql
    .selectFrom('ab_test_experiments as e')
    .innerJoin('model_registry as c', (join) =>
      join.onRef('c.organization', '=', 'e.organization').onRef('c.model_id', '=', 'e.control_model_id'),
    )
    .innerJoin('model_registry as t', (join) =>
      join.onRef('t.organization', '=', 'e.organization').onRef('t.model_id', '=', 'e.treatment_model_id'),
    )
    .select([
      'e.id',
      'e.organization',
      'e.unit',
      'e.traffic_from',
      'e.traffic_to',
      'e.traffic_split',
      'e.forced',
    ])
    .select(['c.model_id as control_id', 'c.artifact_sha256 as control_file'])
    .select(['t.model_id as treatment_id', 't.artifact_sha256 as treatment_file'])
    .where('e.status', '=', 'running')
    .orderBy('e.id')
    .execute();
  return rows.flatMap((row) => {
    if (row.control_file === null || row.treatment_file === null) return [];
    return {
      id: row.id,
      organization: row.organization,
      unit: row.unit,
      group: GROUP,
      from: row.traffic_from,
      to: row.traffic_to,
      split: row.traffic_split,
      forced: row.forced,
      control: { modelId: row.control_id, artifactSha256: row.control_file },
      treatment: { modelId: row.treatment_id, artifactSha256: row.treatment_file },
    };
  });
}

export async function insertLooks(
  sql: Sql,
  experimentId: string,
  looks: readonly ExperimentLook[],
): Promise<void> {
  if (looks.length === 0) return;
  const rows = looks.map(({ at, metric, difference }) => ({
    experiment_id: experimentId,
    at,
    metric,
    difference: JSON.stringify(difference),
  }));
  await sql
    .insertInto('experiment_looks')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** When an experiment's intervals were last kept; null before the first time. */
export async function lastLook(sql: Sql, experimentId: string): Promise<Date | null> {
  const row = await sql
    .selectFrom('experiment_looks')
    .select(raw<Date | null>`max(at)`.as('at'))
    .where('experiment_id', '=', experimentId)
    .executeTakeFirst();
  return row?.at ?? null;
}

/** The newest looks, the oldest of them first. */
export async function listLooks(sql: Sql, experimentId: string, limit: number): Promise<ExperimentLook[]> {
  const rows = await sql
    .selectFrom('experiment_looks')
    .select(['at', 'metric', 'difference'])
    .where('experiment_id', '=', experimentId)
    .orderBy('at', 'desc')
    .orderBy('metric')
    .limit(limit)
    .execute();
  return rows.reverse().map(({ at, metric, difference }) => ({ at: at.toISOString(), metric, difference }));
}
