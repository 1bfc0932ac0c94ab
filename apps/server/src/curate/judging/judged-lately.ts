import type { JudgingEstimate } from '@attune/contracts';
import { projectAgreement } from './agreement/project-agreement.ts';
import type { Judging } from './judging.ts';

/** A span of time of an organisation. */
export interface Span {
  readonly organization: string;
  readonly from: Date;
  readonly to: Date;
}

/** How much the judges of a project agree on a question: Krippendorff's alpha. */
export interface QuestionAgreement {
  readonly projectId: string;
  readonly project: string;
  readonly question: string;
  readonly alpha: JudgingEstimate;
}

/** Working out agreement takes a thread for a while: the projects with the newest votes come first, and few of them. */
const MOST_PROJECTS = 3;

/** Agreement, over all their votes, in projects that people judged in a span of time. */
export async function judgedLately(judging: Judging, span: Span): Promise<QuestionAgreement[]> {
  const { organization, from, to } = span;
  const projects = await judging.db
    .selectFrom('pair_judgements as v')
    .innerJoin('judging_projects as p', 'p.id', 'v.project_id')
    .select(['p.id', 'p.name'])
    .where('v.organization', '=', organization)
    .where('v.created_at', '>=', from)
    .where('v.created_at', '<', to)
    .where('v.kind', '<>', 'training')
    .groupBy(['p.id', 'p.name'])
    .orderBy((pick) => pick.fn.max('v.created_at'), 'desc')
    .limit(MOST_PROJECTS)
    .execute();
  const found: QuestionAgreement[] = [];
  for (const { id, name } of projects) {
    const { questions } = await projectAgreement(judging, organization, id);
    for (const { title, dimension, alpha } of questions) {
      const question = dimension === null ? title : `${title}: ${dimension}`;
      found.push({ projectId: id, project: name, question, alpha: alpha.ordinal ?? alpha.nominal });
    }
  }
  return found;
}

/** The newest project that compares two responses and takes items, and is nobody's experiment: null where there is none. */
export async function openComparison(
  judging: Judging,
  organization: string,
): Promise<{ id: string; name: string } | null> {
  const rows = await judging.db
    .selectFrom('judging_projects')
    .select(['id', 'name', 'questions'])
    .where('organization', '=', organization)
    .where('status', 'in', ['draft', 'running', 'paused'])
    // Samples of a run, and final evaluations, are a study of their own.
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('judging_items as i')
            .select('i.id')
            .whereRef('i.project_id', '=', 'judging_projects.id')
            .where('i.source_kind', '=', 'run'),
        ),
      ),
    )
    .orderBy('id', 'desc')
    .limit(50)
    .execute();
  const project = rows.find(({ questions }) => questions.some(({ kind }) => kind === 'pairwise'));
  return project === undefined ? null : { id: project.id, name: project.name };
}
