import {
  AttuneError,
  type createJudgingProject,
  type Judge,
  type JudgingProject,
  type listJudgingProjects,
  type RequestOf,
  type updateJudgingProject,
} from '@attune/contracts';
import { decodeId, toPage } from '../../platform/http/page.ts';
import { newId } from '../../platform/ids.ts';
import type { Actor } from '../curate.ts';
import { releaseOfOthers } from './assignment-store.ts';
import { judgesByIds, judgesByPrincipals } from './judges.ts';
import type { Db, Judging } from './judging.ts';
import { checkStatus } from './project-changes.ts';
import {
  changeProject,
  changeWanted,
  countsOf,
  deleteProject,
  hasJudgements,
  insertProject,
  judgesOf,
  listProjects,
  lockProject,
  type ProjectChange,
  type ProjectRow,
  projectById,
  replaceJudges,
} from './project-store.ts';

type Change = RequestOf<typeof updateJudgingProject>['body'];

/** Starts a draft. @throws AttuneError `member_not_found` */
export async function draftProject(
  { db, clock, audit }: Judging,
  { organization, principal }: Actor,
  { judges: ids, questions, ...settings }: RequestOf<typeof createJudgingProject>['body'],
): Promise<JudgingProject> {
  const judges = await judgesByIds(db, organization, ids);
  const id = newId();
  await db.transaction().execute(async (trx) => {
    const row = {
      ...settings,
      id,
      organization,
      questions: JSON.stringify(questions),
      status: 'draft' as const,
      created_by: principal,
      created_at: clock.now(),
    };
    await replaceJudges(
      trx,
      await insertProject(trx, row),
      judges.map((judge) => judge.principal),
    );
    await audit.record(
      { organization, actor: principal, action: 'judging.created', subject: `judging:${id}` },
      trx,
    );
  });
  return showProject(db, organization, id);
}

/** One project. @throws AttuneError `judging_project_not_found` */
export async function showProject(db: Db, organization: string, id: string): Promise<JudgingProject> {
  const [project] = await toProjects(db, organization, [await findProject(db, organization, id)]);
  if (project === undefined) throw new AttuneError('judging_project_not_found');
  return project;
}

/** @throws AttuneError `judging_project_not_found` */
export async function findProject(db: Db, organization: string, id: string): Promise<ProjectRow> {
  const row = await projectById(db, organization, id);
  if (row === null) throw new AttuneError('judging_project_not_found');
  return row;
}

/** A page of projects, newest first. */
export async function projectPage(
  { db }: Judging,
  organization: string,
  { cursor, limit, status }: RequestOf<typeof listJudgingProjects>['query'],
) {
  const before = cursor === undefined ? null : decodeId(cursor);
  const rows = await listProjects(db, { organization, status, before, limit: limit + 1 });
  const page = toPage(
    rows,
    limit,
    ({ id }) => [id],
    (row) => row,
  );
  return { ...page, items: await toProjects(db, organization, page.items) };
}

async function toProjects(
  db: Db,
  organization: string,
  rows: readonly ProjectRow[],
): Promise<JudgingProject[]> {
  const ids = rows.map(({ id }) => id);
  const [principals, counts] = await Promise.all([judgesOf(db, ids), countsOf(db, ids)]);
  const people = await judgesByPrincipals(db, organization, [...new Set([...principals.values()].flat())]);
  const byPrincipal = new Map(people.map((judge) => [judge.principal, judge]));
  return rows.flatMap((row) => {
    const progress = counts.get(row.id);
    const judges = (principals.get(row.id) ?? []).flatMap((principal) => byPrincipal.get(principal) ?? []);
    return progress === undefined ? [] : [toProject(row, judges, progress)];
  });
}

function toProject(row: ProjectRow, judges: Judge[], counts: JudgingProject['counts']): JudgingProject {
  const { organization: _, created_by: __, created_at, updated_at, ...settings } = row;
  return {
    ...settings,
    judges,
    counts,
    created_at: created_at.toISOString(),
    updated_at: updated_at.toISOString(),
  };
}

/**
 * Changes a project. Whoever is a judge no more gives back what was kept for them; their votes stay.
 * @throws AttuneError `judging_project_not_found`, `judging_project_fixed`, `judging_not_ready` or `member_not_found`
 */
export async function changeProjectSettings(
  judging: Judging,
  { organization, principal }: Actor,
  id: string,
  change: Change,
): Promise<JudgingProject> {
  const { audit, clock, changed } = judging;
  const judges =
    change.judges === undefined ? null : await judgesByIds(judging.db, organization, change.judges);
  await judging.db.transaction().execute(async (trx) => {
    const row = await lockProject(trx, organization, id);
    if (row === null) throw new AttuneError('judging_project_not_found');
    checkFixed(row, change);
    await changeProject(trx, id, { ...settingsIn(change), updated_at: clock.now() });
    if (change.judges_per_item !== undefined) await changeWanted(trx, id, change.judges_per_item);
    if (judges !== null) {
      const principals = judges.map((judge) => judge.principal);
      await replaceJudges(trx, row, principals);
      await releaseOfOthers(trx, id, principals);
    }
    await checkStatus(row.status, await standing(trx, row, change));
    await audit.record(
      {
        organization,
        actor: principal,
        action: 'judging.changed',
        subject: `judging:${id}`,
        details: { fields: Object.keys(change).sort(), status: change.status ?? row.status },
      },
      trx,
    );
  });
  changed(organization);
  return showProject(judging.db, organization, id);
}

/** The columns that a change names. */
function settingsIn({ judges: _, questions, ...settings }: Change): ProjectChange {
  const given = Object.entries(settings).filter(([, value]) => value !== undefined);
  return {
    ...Object.fromEntries(given),
    ...(questions === undefined ? {} : { questions: JSON.stringify(questions) }),
  };
}

/** Votes that answer other questions, or of another number, could not be compared. */
function checkFixed({ status, judges_per_item }: ProjectRow, change: Change): void {
  if (status === 'draft') return;
  if (change.questions !== undefined) {
    throw new AttuneError('judging_project_fixed', {
      param: 'questions',
      message: 'The questions of a project that has run cannot change.',
    });
  }
  if (change.judges_per_item !== undefined && change.judges_per_item < judges_per_item) {
    throw new AttuneError('judging_project_fixed', {
      param: 'judges_per_item',
      message: `Items were given to ${judges_per_item} judges each; that number can only be raised now.`,
    });
  }
}

async function standing(db: Db, row: ProjectRow, change: Change) {
  const [judges, counts] = await Promise.all([judgesOf(db, [row.id]), countsOf(db, [row.id])]);
  return {
    status: change.status ?? row.status,
    judges: judges.get(row.id)?.length ?? 0,
    judges_per_item: change.judges_per_item ?? row.judges_per_item,
    items: counts.get(row.id)?.items ?? 0,
  };
}

/**
 * Deletes a project that never ran.
 * @throws AttuneError `judging_project_not_found` or `judging_project_fixed`
 */
export async function removeProject({ db, audit }: Judging, { organization, principal }: Actor, id: string) {
  await db.transaction().execute(async (trx) => {
    const row = await lockProject(trx, organization, id);
    if (row === null) throw new AttuneError('judging_project_not_found');
    if (row.status !== 'draft' || (await hasJudgements(trx, id))) {
      throw new AttuneError('judging_project_fixed', { message: 'Only a draft can be deleted.' });
    }
    await deleteProject(trx, id);
    await audit.record(
      { organization, actor: principal, action: 'judging.deleted', subject: `judging:${id}` },
      trx,
    );
  });
  return { ok: true } as const;
}
