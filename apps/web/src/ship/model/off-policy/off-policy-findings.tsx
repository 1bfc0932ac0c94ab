import type { OffPolicyEvaluation, OffPolicyMetric } from '@attune/contracts';
import { DataTable } from '../../../shell/parts/data-table.tsx';
import { useFormats, useText } from '../../../text/use-text.ts';
import { text } from './text.ts';

/** What an off-policy evaluation found, or why it gives no number. */
export function OffPolicyFindings({ found }: { found: OffPolicyEvaluation }) {
  const t = useText(text);
  const { refusal, metrics } = found;
  return (
    <div className="space-y-3">
      {refusal === null ? <Metrics metrics={metrics} /> : <p>{t.refusals[refusal]}</p>}
      <Warnings metrics={metrics} />
      <Behind found={found} />
    </div>
  );
}

function Metrics({ metrics }: Pick<OffPolicyEvaluation, 'metrics'>) {
  const t = useText(text);
  const { count } = useFormats();
  return (
    <DataTable
      label={t.figures}
      rows={metrics}
      rowKey={({ metric }) => metric}
      columns={[
        { key: 'metric', label: t.metric, cell: ({ metric }) => t.metrics[metric] },
        { key: 'delivered', label: t.delivered, cell: (row) => <Figure of={row} name="delivered" /> },
        { key: 'would', label: t.would, cell: (row) => <Figure of={row} name="self_normalised" /> },
        { key: 'gain', label: t.gain, cell: (row) => <Figure of={row} name="gain" /> },
        { key: 'robust', label: t.doublyRobust, cell: (row) => <Figure of={row} name="doubly_robust" /> },
        {
          key: 'worth',
          label: t.worth,
          cell: ({ effective_answers, answers }) =>
            t.worthOf(count(Math.round(effective_answers)), count(answers)),
        },
      ]}
    />
  );
}

interface FigureProps {
  of: OffPolicyMetric;
  name: 'delivered' | 'self_normalised' | 'gain' | 'doubly_robust';
}

/** Shares in percent, but their difference in hundredths: a negative share is none. */
function Figure({ of, name }: FigureProps) {
  const t = useText(text);
  const { count, decimal, difference, percent } = useFormats();
  const { value, ci, n } = of[name];
  const isShare = of.metric === 'satisfaction';
  const shown = (figure: number | null) => {
    if (figure === null) return '–';
    if (name === 'gain') return difference(figure);
    return isShare ? percent(Math.min(1, Math.max(0, figure))) : decimal(figure, 2);
  };
  return <span className="tabular-nums">{t.figure(shown(value), shown(ci[0]), shown(ci[1]), count(n))}</span>;
}

function Warnings({ metrics }: Pick<OffPolicyEvaluation, 'metrics'>) {
  const t = useText(text);
  const { list } = useFormats();
  return metrics
    .filter(({ warnings }) => warnings.length > 0)
    .map(({ metric, warnings }) => (
      <p key={metric} className="text-bad text-sm">
        {t.careful(t.metrics[metric], list(warnings.map((warning) => t.warnings[warning])))}
      </p>
    ));
}

function Behind({ found }: { found: OffPolicyEvaluation }) {
  const t = useText(text);
  const { count, percent } = useFormats();
  const { rated, drawn, trained_on, scored, coverage, agreement } = found;
  const { covered, not_covered, deterministic, no_choice } = coverage;
  const { value, ci, n } = agreement;
  return (
    <div className="text-soft text-sm">
      <p>{t.counts(count(rated), count(drawn), count(trained_on), count(scored))}</p>
      {scored > 0 && (
        <p>{t.coverage(count(covered), count(not_covered), count(deterministic), count(no_choice))}</p>
      )}
      {value !== null && (
        <p>{t.agreement(percent(value), percent(ci[0] ?? 0), percent(ci[1] ?? 1), count(n))}</p>
      )}
    </div>
  );
}
