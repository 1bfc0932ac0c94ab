import type { AgreementReport, JudgingProject } from '@attune/contracts';
import { type Column, DataTable } from '../../../shell/parts/data-table.tsx';
import { useFormats, useText } from '../../../text/use-text.ts';
import { text } from '../text.ts';
import { Estimate } from './estimate.tsx';
import { questionName } from './question-name.ts';

type Row = AgreementReport['judge_pairs'][number];

/** Cohen's kappa of each two judges. */
export function JudgePairsTable({ project, report }: { project: JudgingProject; report: AgreementReport }) {
  const t = useText(text).agreement;
  const { list } = useFormats();
  const names = new Map(report.judges.map(({ judge, name }) => [judge, name]));
  const nameOf = (judge: string) => names.get(judge) ?? judge;
  const columns: Column<Row>[] = [
    {
      key: 'pair',
      label: t.pair,
      cell: ({ first, second }) => (
        <span className="whitespace-nowrap">{list([nameOf(first), nameOf(second)])}</span>
      ),
    },
    {
      key: 'question',
      label: t.question,
      cell: ({ question, dimension }) => questionName(project.questions, question, dimension),
    },
    {
      key: 'kappa',
      label: t.kappa,
      numeric: true,
      cell: ({ kappa }) => <Estimate estimate={kappa} />,
    },
    {
      key: 'weighted',
      label: t.weighted,
      numeric: true,
      cell: ({ weighted_kappa }) => <Estimate estimate={weighted_kappa} />,
    },
  ];
  return (
    <DataTable
      label={t.pairs}
      columns={columns}
      rows={report.judge_pairs}
      rowKey={({ first, second, question, dimension }) => [first, second, question, dimension].join(' ')}
    />
  );
}
