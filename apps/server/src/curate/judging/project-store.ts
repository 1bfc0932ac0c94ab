import type { JudgingProject, JudgingStatus } from '@attune/contracts';
import { type Insertable, type Selectable, sql, type Updateable } from 'kysely';
import type { Tables } from '../../platform/db/tables.ts';
import type { Db } from './judging.ts';

export type ProjectRow = Selectable<Tables['judging_projects']>;
export type NewProject = Insertable<Tables['judging_projects']>;
export type ProjectChange = Updateable<Tables['judging_projects']>;

export async function insertProject(db: Db, row: NewProject): Promise<ProjectRow> {
  return await db.insertInto('judging_projects').values(row).returningAll().executeTakeFirstOrThrow();
}

export async function projectById(db: Db, organization: string, id: string): Promise<ProjectRow | null> {
  const row = await db
    .selectFrom('judging_projects')
    .selectAll()
    .where('organization', '=', organization)
    .where('id', '=', id)
    .executeTakeFirst();
  return row ?? null;
}

/** The project, which nobody else changes until the transaction ends. */
export async function lockProject(db: Db, organization: string, id: string): Promise<ProjectRow | null> {
  const row = await db
    .selectFrom('judging_projects')
    .selectAll()
    .where('organization', '=', organization)
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst();
  return row ?? null;
}

export interface ProjectFilter {
  readonly organization: string;
  readonly status?: JudgingStatus | undefined;
  /** Only ids before this one. */
  readonly before: string | null;
  readonly limit: number;
}

/** Newest first. */
export function listProjects(db: Db, { organization, status, before, limit }: ProjectFilter) {
  let query = db.selectFrom('judging_projects').selectAll().where('organization', '=', organization);
  if (status !== undefined) query = query.where('status', '=', status);
  if (before !== null) query = query.where('id', '<', before);
  return query.orderBy('id', 'desc').limit(limit).execute();
}

/** Projects of a judge, running ones first, then newest first. */
export function projectsOfJudge(db: Db, organization: string, judge: string): Promise<ProjectRow[]> {
  return db
    .selectFrom('judging_projects')
    .innerJoin('judging_judges', 'judging_judges.project_id', 'judging_projects.id')
    .selectAll('judging_projects')
    .where('judging_judges.organization', '=', organization)
    .where('judging_judges.judge', '=', judge)
    .where('judging_projects.status', '<>', 'draft')
    .orderBy(sql`judging_projects.status <> 'running'`)
    .orderBy('judging_projects.id', 'desc')
    .limit(200)
    .execute();
}

export async function changeProject(db: Db, id: string, change: ProjectChange): Promise<void> {
  await db.updateTable('judging_projects').set(change).where('id', '=', id).execute();
}

export async function deleteProject(db: Db, id: string): Promise<void> {
  await db.deleteFrom('judging_projects').where('id', '=', id).execute();
}

/** Principals by project, in a steady order. */
export async function judgesOf(db: Db, projects: readonly string[]): Promise<Map<string, string[]>> {
  if (projects.length === 0) return new Map();
  const rows = await db
    .selectFrom('judging_judges')
    .select(['project_id', 'judge'])
    .where('project_id', 'in', projects)
    .orderBy('judge')
    .execute();
  const judges = new Map<string, string[]>();
  for (const { project_id, judge } of rows)
    judges.set(project_id, [...(judges.get(project_id) ?? []), judge]);
  return judges;
}

/** Makes these the judges of a project and no others. */
export async function replaceJudges(
  db: Db,
  { id, organization }: Pick<ProjectRow, 'id' | 'organization'>,
  judges: readonly string[],
): Promise<void> {
  let gone = db.deleteFrom('judging_judges').where('project_id', '=', id);
  if (judges.length > 0) gone = gone.where('judge', 'not in', judges);
  await gone.execute();
  if (judges.length === 0) return;
  await db
    .insertInto('judging_judges')
    .values(judges.map((judge) => ({ project_id: id, organization, judge })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

type Counts = JudgingProject['counts'];

const none: Counts = {
  items: 0,
  done: 0,
  adjudicated: 0,
  controls: 0,
  training: 0,
  judgements: 0,
  missing: 0,
  skipped: 0,
};

/** Progress of projects. */
export async function countsOf(db: Db, projects: readonly string[]): Promise<Map<string, Counts>> {
  if (projects.length === 0) return new Map();
  const { rows } = await sql<Counts & { project_id: string }>`
    SELECT project_id,
      count(*) FILTER (WHERE kind = 'item') AS items,
      count(*) FILTER (WHERE kind = 'item' AND (votes >= wanted OR adjudication IS NOT NULL)) AS done,
      count(*) FILTER (WHERE kind = 'item' AND adjudication IS NOT NULL) AS adjudicated,
      count(*) FILTER (WHERE kind = 'control') AS controls,
      count(*) FILTER (WHERE kind = 'training') AS training,
      coalesce(sum(votes) FILTER (WHERE kind = 'item'), 0) AS judgements,
      coalesce(sum(wanted - votes) FILTER (WHERE kind = 'item' AND adjudication IS NULL), 0) AS missing,
      count(*) FILTER (WHERE kind = 'item' AND skips > 0 AND votes < wanted AND adjudication IS NULL) AS skipped
    FROM judging_items WHERE project_id IN (${sql.join(projects)}) GROUP BY project_id`.execute(db);
  const counts = new Map(rows.map(({ project_id, ...row }) => [project_id, row]));
  return new Map(projects.map((id) => [id, counts.get(id) ?? none]));
}

/** Changes how many votes the undecided items of a project need, but never below those taken. */
export async function changeWanted(db: Db, project: string, wanted: number): Promise<void> {
  // In the order in which everybody locks items, so that nobody waits in a circle.
  await db
    .selectFrom('judging_items')
    .select('id')
    .where('project_id', '=', project)
    .where('kind', '=', 'item')
    .orderBy('id')
    .forNoKeyUpdate()
    .execute();
  await db
    .updateTable('judging_items')
    .set({ wanted: sql<number>`greatest(taken, ${wanted}::integer)` })
    .where('project_id', '=', project)
    .where('kind', '=', 'item')
    .execute();
}

/** Whether anybody has judged in a project. */
export async function hasJudgements(db: Db, project: string): Promise<boolean> {
  const row = await db
    .selectFrom('pair_judgements')
    .select('id')
    .where('project_id', '=', project)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
