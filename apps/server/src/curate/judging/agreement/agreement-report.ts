import type { AgreementReport } from '@attune/contracts';
import { judgeReport } from './judge-report.ts';
import { agreementOn, judgePairsOn } from './measure-agreement.ts';
import { type Measure, measuresOf } from './rated-units.ts';
import { reliabilities } from './reliability.ts';
import type { ReportInput, ReportVote } from './report-input.ts';

/** The report, but for when and about which project it was made. */
export type MadeReport = Omit<AgreementReport, 'at' | 'project_id'>;

/** Agreement, reliability and bias of the judges of a project. The same input gives the same report. */
export function agreementReport(input: ReportInput): MadeReport {
  const { questions, seed } = input;
  const items = new Map(input.items.map((item) => [item.id, item]));
  const votes = input.votes.filter(({ kind, skipped }) => kind === 'item' && !skipped);
  const measures = measuresOf(questions, items, votes);
  const reliability = reliabilities(measures[0] ?? none, seed);
  const judges = [...new Set(input.votes.map(({ judge }) => judge))].sort();
  return {
    items: new Set(votes.map(({ item }) => item)).size,
    judgements: votes.length,
    seed,
    questions: measures.map((measure) => agreementOn(measure, seed)),
    weeks: byWeek(votes).map(([week, ofWeek]) => ({
      week,
      judgements: ofWeek.length,
      questions: measuresOf(questions, items, ofWeek).map((measure) => agreementOn(measure, seed)),
    })),
    judges: judges.map((judge) => judgeReport(input, items, measures, reliability, judge)),
    judge_pairs: measures.flatMap((measure) => judgePairsOn(measure, seed)),
  };
}

function byWeek(votes: readonly ReportVote[]): [string, ReportVote[]][] {
  return [...Map.groupBy(votes, ({ week }) => week)].sort(([a], [b]) => (a < b ? -1 : 1));
}

const none: Measure = { question: '', title: '', dimension: null, scaled: false, ratings: [], swapped: [] };
