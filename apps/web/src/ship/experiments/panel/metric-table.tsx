import type { Experiment, MetricResult } from '@attune/contracts';
import { type Column, DataTable } from '../../../shell/parts/data-table.tsx';
import { useFormats, useText } from '../../../text/use-text.ts';
import { differenceWords, intervalWords, pWords, relativeWords, valueWords } from '../metric-words.ts';
import { text as experimentText } from '../text.ts';
import { Ends } from './ends.tsx';
import { text } from './text.ts';

interface MetricTableProps {
  metrics: readonly MetricResult[];
  unit: Experiment['unit'];
}

/** Every metric of both arms, and how they differ. */
export function MetricTable({ metrics, unit }: MetricTableProps) {
  const t = useText(text);
  const columns = useColumns(unit);
  return (
    <section>
      <h2 className="mb-2 font-medium">{t.metricTable}</h2>
      <DataTable label={t.metricTable} columns={columns} rows={metrics} rowKey={({ metric }) => metric} />
      <p className="mt-2 text-faint text-xs">{t.tableAbout}</p>
    </section>
  );
}

function useColumns(unit: Experiment['unit']): readonly Column<MetricResult>[] {
  const t = useText(text);
  const words = useText(experimentText);
  const formats = useFormats();
  const { count, percent } = formats;
  const value = (metric: MetricResult['metric'], of: number | null) => (
    <Ends value={of === null ? '–' : valueWords(metric, of, formats)} />
  );
  const p = (of: number | null) => <Ends value={of === null ? '–' : pWords(of, formats)} />;
  const ofArms = ({ control, treatment }: MetricResult, key: 'n' | 'users') => (
    <Ends value={t.perArm(count(control[key]), count(treatment[key]))} />
  );
  return [
    { key: 'metric', label: t.metric, cell: ({ metric }) => words.metrics[metric] },
    {
      key: 'control',
      label: words.arms.control,
      cell: ({ metric, control }) => value(metric, control.value),
      numeric: true,
    },
    {
      key: 'treatment',
      label: words.arms.treatment,
      cell: ({ metric, treatment }) => value(metric, treatment.value),
      numeric: true,
    },
    { key: 'difference', label: t.difference, cell: (row) => <Difference row={row} />, numeric: true },
    { key: 'relative', label: t.relative, cell: (row) => <Relative row={row} />, numeric: true },
    { key: 'p', label: t.p, cell: ({ p_value }) => p(p_value), numeric: true },
    { key: 'q', label: t.q, cell: ({ q_value }) => p(q_value), numeric: true },
    { key: 'n', label: t.n, cell: (row) => ofArms(row, 'n'), numeric: true },
    { key: 'users', label: t.units[unit], cell: (row) => ofArms(row, 'users'), numeric: true },
    {
      key: 'removed',
      label: t.removed,
      cell: ({ variance_removed }) => <Ends value={percent(variance_removed)} />,
      numeric: true,
    },
  ];
}

function Difference({ row: { metric, difference } }: { row: MetricResult }) {
  const { points } = useText(experimentText);
  const formats = useFormats();
  const say = (of: number) => differenceWords(metric, of, formats, points);
  if (difference.value === null) return '–';
  return <Ends value={say(difference.value)} interval={intervalWords(difference.ci, say)} />;
}

function Relative({ row: { relative } }: { row: MetricResult }) {
  const formats = useFormats();
  const say = (of: number) => relativeWords(of, formats);
  if (relative.value === null) return '–';
  return <Ends value={say(relative.value)} interval={intervalWords(relative.ci, say)} />;
}
