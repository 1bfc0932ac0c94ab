import type { AgreementReport } from '@attune/contracts';
import { sql } from 'kysely';
import { judgeNames } from '../judges.ts';
import type { Db, Judging } from '../judging.ts';
import type { ProjectRow } from '../project-store.ts';
import { findProject } from '../projects.ts';
import { reportInWorker } from './agreement-in-worker.ts';
import type { ReportInput, ReportItem, ReportVote } from './report-input.ts';

/** Any number: the same votes always give the same intervals. */
const SEED = 1;

/** Agreement of the judges of a project. @throws AttuneError `judging_project_not_found` */
export async function projectAgreement(
  { db, clock, stopping }: Judging,
  organization: string,
  id: string,
): Promise<AgreementReport> {
  const project = await findProject(db, organization, id);
  const report = await reportInWorker(await reportInput(db, project), stopping);
  return { at: clock.now().toISOString(), project_id: id, ...report };
}

async function reportInput(db: Db, project: ProjectRow): Promise<ReportInput> {
  const votes = await reportVotes(db, project.id);
  const names = await judgeNames(
    db,
    project.organization,
    votes.map(({ judge }) => judge),
  );
  return {
    questions: project.questions,
    items: await reportItems(db, project),
    votes,
    names: Object.fromEntries(names),
    seed: SEED,
  };
}

async function reportVotes(db: Db, project: string): Promise<ReportVote[]> {
  const { rows } = await sql<ReportVote>`
    SELECT item_id AS item, kind, judge, skip IS NOT NULL AS skipped, answers, shown,
      time_spent_ms / 1000.0::float8 AS seconds,
      to_char(date_trunc('week', created_at AT TIME ZONE 'UTC'), 'YYYY-MM-DD') AS week
    FROM pair_judgements WHERE project_id = ${project} AND kind <> 'training' ORDER BY id`.execute(db);
  return rows;
}

async function reportItems(db: Db, { id, questions }: ProjectRow): Promise<ReportItem[]> {
  const marked = questions.some(({ kind }) => kind === 'spans');
  const { rows } = await sql<ReportItem>`
    SELECT id, known->'answers' AS known,
      ARRAY(SELECT char_length(r->>'text') FROM jsonb_array_elements(responses) AS r) AS lengths,
      ARRAY(SELECT r->>'text' FROM jsonb_array_elements(responses) AS r WHERE ${marked}) AS texts
    FROM judging_items WHERE project_id = ${id} AND (votes > 0 OR skips > 0)`.execute(db);
  return rows;
}
