import type { Series, SeriesLine } from '@attune/contracts';
import { type Column, DataTable } from '../../shell/parts/data-table.tsx';
import { mayAct } from '../../shell/role-rank.ts';
import { useMe } from '../../shell/session.ts';
import { useFormats, useText } from '../../text/use-text.ts';
import { text } from './text.ts';
import { intervalWords, valueWords } from './value-words.ts';

interface PanelTableProps {
  series: Series;
  onStep: (at: string) => void;
}

type Row = SeriesLine['points'][number] & { readonly segment: string | null };

/** The numbers of a picture, newest first, each with the way to the rows behind it. */
export function PanelTable({ series, onStep }: PanelTableProps) {
  const t = useText(text);
  const rows = series.lines
    .flatMap(({ segment, points }) => points.map((point): Row => ({ ...point, segment })))
    .sort((one, other) => other.at.localeCompare(one.at));
  return (
    <details className="mt-2">
      <summary className="quiet-button -ml-2 w-fit cursor-pointer text-xs">{t.asTable}</summary>
      <div className="relative mt-1 max-h-64 overflow-y-auto">
        <DataTable
          label={t.numbersOf(t.metrics[series.metric].name)}
          columns={useColumns(series, onStep)}
          rows={rows}
          rowKey={({ at, segment }) => `${at}/${segment}`}
        />
      </div>
    </details>
  );
}

function useColumns(series: Series, onStep: (at: string) => void): Column<Row>[] {
  const t = useText(text);
  const formats = useFormats();
  const { unit } = series;
  const segment: Column<Row> = {
    key: 'segment',
    label: t.segment,
    cell: ({ segment }) => segment ?? t.noSegment,
  };
  const value = (row: Row) => (row.value === null ? t.notEnough : valueWords(unit, row.value, formats));
  return [
    { key: 'at', label: t.time, cell: ({ at }) => <When series={series} at={at} onStep={onStep} /> },
    ...(series.lines.length > 1 ? [segment] : []),
    { key: 'value', label: t.value, numeric: true, cell: value },
    { key: 'ci', label: t.interval, numeric: true, cell: (row) => intervalWords(unit, row, formats) },
    { key: 'n', label: 'n', numeric: true, cell: ({ n }) => formats.count(n) },
  ];
}

function When({ series, at, onStep }: PanelTableProps & { at: string }) {
  const t = useText(text);
  const { role } = useMe();
  const { moment, day } = useFormats();
  const shown = series.step === 'hour' ? moment(at) : day(at);
  if (series.rows === null || !mayAct(role, 'curator')) return shown;
  return (
    <button
      type="button"
      className="whitespace-nowrap text-accent-strong underline underline-offset-2"
      aria-label={t.rowsOf(shown)}
      onClick={() => onStep(at)}
    >
      {shown}
    </button>
  );
}
