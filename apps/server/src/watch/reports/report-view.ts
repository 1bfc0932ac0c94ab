import type { Report, ReportContent, ReportSummary } from '@attune/contracts';
import type { Sql } from '../sql.ts';
import type { ReportSources } from './report-sources.ts';
import { type ActionDone, actionsDone, type ReportRow } from './report-store.ts';

/** A report as it is shown now: with what was done since, and without what people took back. */
export async function reportView(
  db: Sql,
  sources: Pick<ReportSources, 'stillThere'>,
  row: ReportRow,
): Promise<Report> {
  const done = await actionsDone(db, [row.id]);
  return {
    ...headOf(row),
    content: await withoutGone(sources, row.organization, row.content),
    actions: row.actions.map((action) => {
      const by = done.find(({ action_id }) => action_id === action.id);
      return { ...action, done: by === undefined ? null : { by: by.by, at: by.at.toISOString() } };
    }),
  };
}

/** The lines of a list. */
export async function reportSummaries(db: Sql, rows: readonly ReportRow[]): Promise<ReportSummary[]> {
  const done = await actionsDone(
    db,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => summaryOf(row, done));
}

function summaryOf(row: ReportRow, done: readonly ActionDone[]): ReportSummary {
  const { totals, changes } = row.content;
  return {
    ...headOf(row),
    answers: totals.answers.now,
    worse: changes.filter(({ verdict }) => verdict === 'worse').map(({ metric }) => metric),
    actions: row.actions.length,
    done: done.filter(({ report_id }) => report_id === row.id).length,
  };
}

function headOf({ id, kind, from_at, to_at, before_at, made_by, created_at }: ReportRow) {
  return {
    id,
    kind,
    from: from_at.toISOString(),
    to: to_at.toISOString(),
    before: before_at.toISOString(),
    made_by,
    created_at: created_at.toISOString(),
  };
}

/** Words of feedback that was deleted since are shown to nobody any more. */
async function withoutGone(
  sources: Pick<ReportSources, 'stillThere'>,
  organization: string,
  content: ReportContent,
): Promise<ReportContent> {
  const { questions, comments } = content;
  const shownIds = [questions, comments].flatMap(({ topics }) =>
    topics.flatMap(({ examples }) => examples.map(({ feedback_id }) => feedback_id)),
  );
  const there = await sources.stillThere(organization, shownIds);
  const kept = (part: ReportContent['questions']): ReportContent['questions'] => ({
    ...part,
    topics: part.topics.map((topic) => ({
      ...topic,
      examples: topic.examples.filter(({ feedback_id }) => there.has(feedback_id)),
    })),
  });
  return { ...content, questions: kept(questions), comments: kept(comments) };
}
