import type { Agreement, JudgingProject } from '@attune/contracts';
import { type Column, DataTable } from '../../../shell/parts/data-table.tsx';
import { useText } from '../../../text/use-text.ts';
import { text } from '../text.ts';
import { Estimate } from './estimate.tsx';
import { questionName } from './question-name.ts';

interface AgreementTableProps {
  label: string;
  project: JudgingProject;
  agreements: readonly Agreement[];
}

/** Agreement by question and dimension. */
export function AgreementTable({ label, project, agreements }: AgreementTableProps) {
  const t = useText(text).agreement;
  const columns: Column<Agreement>[] = [
    {
      key: 'question',
      label: t.question,
      cell: ({ question, dimension }) => (
        <span className="block min-w-40">{questionName(project.questions, question, dimension)}</span>
      ),
    },
    {
      key: 'percent',
      label: t.percent,
      numeric: true,
      cell: ({ percent }) => <Estimate estimate={percent} share />,
    },
    {
      key: 'nominal',
      label: t.nominal,
      numeric: true,
      cell: ({ alpha }) => <Estimate estimate={alpha.nominal} />,
    },
    {
      key: 'ordinal',
      label: t.ordinal,
      numeric: true,
      cell: ({ alpha }) => <Estimate estimate={alpha.ordinal} />,
    },
    {
      key: 'interval',
      label: t.interval,
      numeric: true,
      cell: ({ alpha }) => <Estimate estimate={alpha.interval} />,
    },
  ];
  return (
    <DataTable
      label={label}
      columns={columns}
      rows={agreements}
      rowKey={({ question, dimension }) => `${question} ${dimension ?? ''}`}
    />
  );
}
