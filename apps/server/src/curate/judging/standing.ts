import { AttuneError, type JudgingStanding } from '@attune/contracts';
import { sql } from 'kysely';
import type { Seat } from './assignment-store.ts';
import type { Db, Judging } from './judging.ts';
import type { ProjectRow } from './project-store.ts';

/** Counting stops there: nobody judges more in a sitting. */
const MOST_LEFT = 10_000;
const HOUR_MS = 3_600_000;
const FEWEST_FOR_PACE = 5;

interface Work {
  readonly done: number;
  readonly trained: number;
  readonly training_items: number;
  readonly left: number;
  readonly last: Date | null;
  readonly recent: number;
  readonly recent_from: Date | null;
}

/** Where a judge stands in a project. */
export async function standingOf(
  { db, clock }: Pick<Judging, 'db' | 'clock'>,
  project: ProjectRow,
  judge: string,
): Promise<JudgingStanding> {
  const { rows } = await sql<Work>`
    SELECT
      count(*) FILTER (WHERE kind <> 'training' AND skip IS NULL) AS done,
      count(*) FILTER (WHERE kind = 'training') AS trained,
      max(created_at) AS last,
      count(*) FILTER (WHERE created_at > ${new Date(clock.now().getTime() - HOUR_MS)}) AS recent,
      min(created_at) FILTER (WHERE created_at > ${new Date(clock.now().getTime() - HOUR_MS)}) AS recent_from,
      (SELECT count(*) FROM judging_items WHERE project_id = ${project.id} AND kind = 'training') AS training_items,
      (SELECT count(*) FROM (
        SELECT 1 FROM judging_items i
        LEFT JOIN judging_assignments a ON a.item_id = i.id AND a.judge = ${judge} AND a.state <> 'released'
        WHERE i.project_id = ${project.id} AND i.kind = 'item' AND i.adjudication IS NULL
          AND ((i.taken < i.wanted AND a.id IS NULL) OR a.state = 'held')
        LIMIT ${MOST_LEFT}) AS open) AS left
    FROM pair_judgements WHERE project_id = ${project.id} AND judge = ${judge}`.execute(db);
  const [work] = rows;
  if (work === undefined) throw new Error('a query of counts gave no row');
  return toStanding(project, work);
}

function toStanding(project: ProjectRow, work: Work): JudgingStanding {
  const { quota, training_round, status } = project;
  const trainingLeft = Math.max(0, Math.min(training_round, work.training_items) - work.trained);
  const left = quota === null ? work.left : Math.min(work.left, Math.max(0, quota - work.done));
  return {
    phase: phaseOf(trainingLeft, left),
    waiting: waitingFor(status, trainingLeft, left, quota !== null && work.done >= quota),
    training_left: trainingLeft,
    done: work.done,
    left,
    quota,
    pace: paceOf(work),
    last_judged_at: work.last?.toISOString() ?? null,
  };
}

function phaseOf(trainingLeft: number, left: number): JudgingStanding['phase'] {
  if (trainingLeft > 0) return 'training';
  return left > 0 ? 'judging' : 'finished';
}

function waitingFor(
  status: ProjectRow['status'],
  trainingLeft: number,
  left: number,
  quotaReached: boolean,
): JudgingStanding['waiting'] {
  if (status !== 'running') return 'not_running';
  if (trainingLeft > 0 || left > 0) return null;
  return quotaReached ? 'quota_reached' : 'nothing_left';
}

/** Judgements an hour between the first and the last of the last hour. */
function paceOf({ recent, recent_from: from, last }: Work): number | null {
  if (recent < FEWEST_FOR_PACE || from === null || last === null) return null;
  const hours = (last.getTime() - from.getTime()) / HOUR_MS;
  return hours === 0 ? null : (recent - 1) / hours;
}

/** @throws AttuneError `not_a_judge` */
export async function requireJudge(db: Db, { organization, project, judge }: Seat): Promise<void> {
  const row = await db
    .selectFrom('judging_judges')
    .select('judge')
    .where('organization', '=', organization)
    .where('project_id', '=', project)
    .where('judge', '=', judge)
    .executeTakeFirst();
  if (row === undefined) throw new AttuneError('not_a_judge');
}
