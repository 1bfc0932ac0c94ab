import type { Job } from '@attune/contracts';
import { ClipboardList } from 'lucide-react';
import { DataTable } from '../../shell/parts/data-table.tsx';
import { Empty } from '../../shell/parts/empty.tsx';
import { useFormats, useText } from '../../text/use-text.ts';
import { hasEnded } from '../job-state.ts';
import { text } from '../text.ts';
import { errorTables } from './error-groups.ts';
import { ErrorTables } from './error-tables.tsx';
import { Reliability } from './reliability.tsx';
import { reliabilityBins } from './reliability-bins.ts';
import { type ReportRow, reportRows } from './report-rows.ts';

/** What a run reports at its end: whether scores mean what they say, where it errs, and every figure with its interval and n. */
export function JobResult({ job }: { job: Job }) {
  const t = useText(text);
  const rows = reportRows(job.training_metrics ?? {});
  const bins = reliabilityBins(job.training_metrics ?? {});
  const errors = errorTables(job.training_metrics ?? {});
  if (rows.length === 0) {
    return (
      <Empty icon={ClipboardList} title={t.noResult}>
        {hasEnded(job) ? t.noResultEver : t.noResultYet}
      </Empty>
    );
  }
  return (
    <>
      {bins.length > 0 && <Reliability bins={bins} />}
      {errors.length > 0 && <ErrorTables tables={errors} />}
      <Figures rows={rows} />
    </>
  );
}

function Figures({ rows }: { rows: ReportRow[] }) {
  const t = useText(text);
  return (
    <DataTable
      label={t.tabs.result}
      columns={[
        { key: 'name', label: t.figure, cell: ({ name }) => <code className="text-xs">{name}</code> },
        { key: 'value', label: t.value, cell: (row) => <Figure row={row} />, numeric: true },
        { key: 'interval', label: t.interval, cell: (row) => <Interval row={row} />, numeric: true },
        { key: 'n', label: 'n', cell: ({ n }) => n, numeric: true },
      ]}
      rows={rows}
      rowKey={({ name }) => name}
    />
  );
}

function Figure({ row: { value } }: { row: ReportRow }) {
  const { figure } = useFormats();
  if (typeof value === 'string') return <span className="[overflow-wrap:anywhere]">{value}</span>;
  return figure(value);
}

function Interval({ row: { ci } }: { row: ReportRow }) {
  const { figure } = useFormats();
  return ci === null ? null : `${figure(ci[0])} – ${figure(ci[1])}`;
}
