import type { ShadowReport } from '@attune/contracts';
import { DataTable } from '../../../shell/parts/data-table.tsx';
import { useFormats, useText } from '../../../text/use-text.ts';
import { text } from './text.ts';

type Figure = ShadowReport['agreement'];

interface Row {
  readonly key: string;
  readonly label: string;
  readonly figure: Figure;
  /** A share is told in percent. */
  readonly isShare: boolean;
}

/** The figures of a shadow run, each with how sure it is, or that there is not enough data. */
export function ShadowFigures({ report }: { report: ShadowReport }) {
  const t = useText(text);
  const rows = useRows(report);
  return (
    <DataTable
      label={t.figures}
      rows={rows}
      rowKey={({ key }) => key}
      columns={[
        { key: 'figure', label: t.figure, cell: ({ label }) => label },
        {
          key: 'value',
          label: t.value,
          numeric: true,
          cell: (row) => <Value row={row} fewest={report.fewest} />,
        },
        { key: 'how', label: t.how, cell: (row) => <Sureness row={row} fewest={report.fewest} /> },
      ]}
    />
  );
}

function useRows(report: ShadowReport): Row[] {
  const t = useText(text);
  const { count, percent } = useFormats();
  const { by_chance, wins, losses, ties, judged } = report;
  const chance = by_chance === null ? '–' : percent(by_chance);
  const share = (key: string, label: string, figure: Figure) => ({ key, label, figure, isShare: true });
  const number = (key: string, label: string, figure: Figure) => ({ key, label, figure, isShare: false });
  return [
    share('agreement', t.agreement(chance), report.agreement),
    share('won', t.wouldHaveWon(count(wins), count(losses), count(ties)), report.would_have_won),
    share('disliked', t.replacedDisliked, report.replaced_disliked),
    share('liked', t.replacedLiked, report.replaced_liked),
    number('replaced', t.replacedDifference, report.replaced_difference),
    number('correlation', t.correlation, report.correlation),
    number('difference', t.difference, report.difference),
    ...(judged?.win_rate ? [share('judged', t.byJudges, judged.win_rate)] : []),
  ];
}

function Value({ row: { figure, isShare }, fewest }: { row: Row; fewest: number }) {
  const { decimal, percent } = useFormats();
  if (figure.value === null || figure.n < fewest) return <>–</>;
  return <>{isShare ? percent(figure.value) : decimal(figure.value, 2)}</>;
}

function Sureness({ row: { figure, isShare }, fewest }: { row: Row; fewest: number }) {
  const t = useText(text);
  const { count, decimal, percent } = useFormats();
  const { value, ci, n } = figure;
  if (value === null || n < fewest) {
    return <span className="text-faint">{t.fewer(n, count(fewest))}</span>;
  }
  const shown = (bound: number | null) =>
    bound === null ? '–' : isShare ? percent(bound) : decimal(bound, 2);
  return <span className="text-soft tabular-nums">{t.interval(shown(ci[0]), shown(ci[1]), count(n))}</span>;
}
