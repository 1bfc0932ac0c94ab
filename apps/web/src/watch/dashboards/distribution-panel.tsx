import type { Distribution, DistributionMetric } from '@attune/contracts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api } from '../../shell/api.ts';
import { DataTable } from '../../shell/parts/data-table.tsx';
import { ErrorNotice } from '../../shell/parts/error-notice.tsx';
import { Loading } from '../../shell/parts/loading.tsx';
import { useFormats, useText } from '../../text/use-text.ts';
import { DistributionBars } from './distribution-bars.tsx';
import { text } from './text.ts';
import { chosenSegments, spanOf, type TrendsSearch } from './trends-search.ts';
import { valueWords } from './value-words.ts';

interface DistributionPanelProps {
  metric: DistributionMetric;
  search: TrendsSearch;
}

/** How a metric is spread over the period, beside what it is compared with. */
export function DistributionPanel({ metric, search }: DistributionPanelProps) {
  const t = useText(text);
  const spread = useQuery({
    queryKey: ['series', 'distribution', metric, search],
    queryFn: ({ signal }) => {
      const query = { metric, ...spanOf(search, new Date()), ...chosenSegments({ ...search }) };
      return api.dashboardDistribution({ query }, { signal });
    },
    placeholderData: keepPreviousData,
  });
  const { name, about } = t.distributions[metric];
  return (
    <section aria-label={name} data-panel={`distribution-${metric}`} className="card min-w-0 p-4">
      <h3 className="font-medium text-sm">{name}</h3>
      <p className="mb-2 text-faint text-xs">{about}</p>
      {spread.isError ? (
        <ErrorNotice error={spread.error} onRetry={() => spread.refetch()} />
      ) : spread.isPending ? (
        <Loading what={name} lines={2} />
      ) : spread.data.n === 0 ? (
        <p className="py-6 text-faint text-sm">{t.metrics[emptyLike[metric]].empty}</p>
      ) : (
        <Spread spread={spread.data} />
      )}
    </section>
  );
}

const emptyLike = { reward: 'reward', rating: 'rating', latency: 'latency_p50' } as const;

function Spread({ spread }: { spread: Distribution }) {
  const t = useText(text);
  const { count, decimal } = useFormats();
  const { shift, distance } = spread;
  const [low, high] = shift.ci;
  return (
    <>
      <DistributionBars buckets={spread.buckets} unit={spread.unit} />
      <p className="mt-1 text-faint text-xs tabular-nums">
        {t.spreadOf(count(spread.n), count(spread.reference_n), t.references[spread.reference])}{' '}
        {shift.value === null || distance === null
          ? t.noShift
          : t.shift(
              decimal(shift.value, 2),
              `${low === null ? '–' : decimal(low, 2)} – ${high === null ? '–' : decimal(high, 2)}`,
              decimal(distance.value, 2),
              distance.p_value < 0.001 ? '< 0.001' : `= ${decimal(distance.p_value, 3)}`,
            )}
      </p>
      <Numbers spread={spread} />
    </>
  );
}

function Numbers({ spread: { metric, buckets, unit, reference } }: { spread: Distribution }) {
  const t = useText(text);
  const formats = useFormats();
  const filled = buckets.filter(({ n, reference_n }) => n + reference_n > 0);
  return (
    <details className="mt-2">
      <summary className="quiet-button -ml-2 w-fit cursor-pointer text-xs">{t.asTable}</summary>
      <div className="relative mt-1 max-h-64 overflow-y-auto">
        <DataTable
          label={t.numbersOf(t.distributions[metric].name)}
          columns={[
            { key: 'from', label: t.fromValue, cell: ({ from }) => valueWords(unit, from, formats) },
            { key: 'to', label: t.toValue, cell: ({ to }) => valueWords(unit, to, formats) },
            { key: 'n', label: 'n', numeric: true, cell: ({ n }) => formats.count(n) },
            {
              key: 'reference',
              label: t.references[reference],
              numeric: true,
              cell: ({ reference_n }) => formats.count(reference_n),
            },
          ]}
          rows={filled}
          rowKey={({ from }) => String(from)}
        />
      </div>
    </details>
  );
}
