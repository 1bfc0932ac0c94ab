import type { ReportChange } from '@attune/contracts';
import { DataTable } from '../../shell/parts/data-table.tsx';
import { useText } from '../../text/use-text.ts';
import { ReportSection } from './report-section.tsx';
import { text } from './text.ts';

const colours: Readonly<Record<ReportChange['verdict'], string>> = {
  better: 'text-good',
  worse: 'font-medium text-bad',
  neither: 'text-soft',
  unclear: 'text-soft',
  not_enough_data: 'text-faint',
};

/** Every metric beside the period before, with intervals. */
export function ReportChanges({ changes }: { changes: readonly ReportChange[] }) {
  const t = useText(text);
  return (
    <ReportSection title={t.changed}>
      <DataTable
        label={t.changed}
        columns={[
          {
            key: 'metric',
            label: t.metric,
            cell: ({ metric }) => <span className="font-medium">{t.metrics[metric]}</span>,
          },
          { key: 'now', label: t.now, cell: ({ metric, now }) => t.estimate(metric, now), numeric: true },
          {
            key: 'before',
            label: t.before,
            cell: ({ metric, before }) => t.estimate(metric, before),
            numeric: true,
          },
          {
            key: 'change',
            label: t.difference,
            cell: ({ metric, change, verdict }) =>
              verdict === 'not_enough_data' ? '–' : t.signed(metric, change),
            numeric: true,
          },
          {
            key: 'verdict',
            label: t.verdict,
            cell: ({ verdict }) => <span className={colours[verdict]}>{t.verdicts[verdict]}</span>,
          },
        ]}
        rows={changes}
        rowKey={({ metric }) => metric}
      />
      <p className="mt-2 max-w-prose text-faint text-xs">{t.intervals}</p>
    </ReportSection>
  );
}
