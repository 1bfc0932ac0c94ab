import type { AgreementReport } from '@attune/contracts';
import { type Column, DataTable } from '../../../shell/parts/data-table.tsx';
import { useFormats, useText } from '../../../text/use-text.ts';
import { text } from '../text.ts';
import { Estimate } from './estimate.tsx';

type Row = AgreementReport['judges'][number];

/** How each judge judges: agreement, reliability, leanings. */
export function JudgesTable({ judges }: { judges: readonly Row[] }) {
  const t = useText(text).agreement;
  const { count, decimal } = useFormats();
  const columns: Column<Row>[] = [
    {
      key: 'judge',
      label: t.judge,
      cell: ({ name }) => <span className="whitespace-nowrap font-medium">{name}</span>,
    },
    { key: 'judged', label: t.judged, numeric: true, cell: ({ judged }) => count(judged) },
    {
      key: 'seconds',
      label: t.seconds,
      numeric: true,
      cell: ({ median_seconds }) => (median_seconds === null ? '–' : decimal(median_seconds, 1)),
    },
    {
      key: 'agreement',
      label: t.withOthers,
      numeric: true,
      cell: ({ agreement }) => <Estimate estimate={agreement} share />,
    },
    {
      key: 'alpha',
      label: t.alphaWithOthers,
      numeric: true,
      cell: ({ alpha }) => <Estimate estimate={alpha} />,
    },
    {
      key: 'control',
      label: t.control,
      numeric: true,
      cell: ({ control_accuracy }) => <Estimate estimate={control_accuracy} share />,
    },
    {
      key: 'reliability',
      label: t.reliability,
      numeric: true,
      cell: ({ reliability }) => <Estimate estimate={reliability} share />,
    },
    {
      key: 'left',
      label: t.leftShare,
      numeric: true,
      cell: ({ left_share }) => (
        <>
          <Estimate estimate={left_share} share />
          {left_share.biased && <span className="chip bg-warn-wash text-warn">{t.biased}</span>}
        </>
      ),
    },
    {
      key: 'longer',
      label: t.longerShare,
      numeric: true,
      cell: ({ longer_share }) => <Estimate estimate={longer_share} share />,
    },
  ];
  return <DataTable label={t.judges} columns={columns} rows={judges} rowKey={({ judge }) => judge} />;
}
