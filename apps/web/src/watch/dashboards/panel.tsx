import type { Series, SeriesMetric } from '@attune/contracts';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { ErrorNotice } from '../../shell/parts/error-notice.tsx';
import { Loading } from '../../shell/parts/loading.tsx';
import { useFormats, useText } from '../../text/use-text.ts';
import { Legend } from './legend.tsx';
import { PanelHead } from './panel-head.tsx';
import { PanelTable } from './panel-table.tsx';
import { RowsBehind } from './rows-behind.tsx';
import { seriesColumns } from './series-columns.ts';
import { SeriesPlot } from './series-plot.tsx';
import { seriesQuery } from './series-query.ts';
import { text } from './text.ts';
import type { TrendsSearch } from './trends-search.ts';
import { valueWords } from './value-words.ts';

/** One metric over time: its value over the whole period, a picture, and the numbers as a table. */
export function Panel({ metric, search }: { metric: SeriesMetric; search: TrendsSearch }) {
  const t = useText(text);
  const series = useQuery(seriesQuery(metric, search));
  return (
    <section aria-label={t.metrics[metric].name} data-panel={metric} className="card min-w-0 p-4">
      {series.isError ? (
        <ErrorNotice error={series.error} onRetry={() => series.refetch()} />
      ) : series.isPending ? (
        <Loading what={t.metrics[metric].name} lines={2} />
      ) : (
        <Drawn series={series.data} search={search} />
      )}
    </section>
  );
}

function Drawn({ series, search }: { series: Series; search: TrendsSearch }) {
  const t = useText(text);
  const [step, setStep] = useState<string | null>(null);
  const seen = series.lines.some(({ whole }) => whole.n > 0);
  const said = series.lines.some(({ points }) => points.some(({ value }) => value !== null));
  const most = Math.max(0, ...series.lines.flatMap(({ points }) => points.map(({ n }) => n)));
  return (
    <>
      <PanelHead series={series} />
      {!seen ? (
        <p className="py-6 text-faint text-sm">{t.metrics[series.metric].empty}</p>
      ) : !said ? (
        <p className="py-6 text-faint text-sm">{t.tooFew(most, series.least_n)}</p>
      ) : (
        <Picture series={series} onStep={setStep} />
      )}
      {seen && <PanelTable series={series} onStep={setStep} />}
      <RowsBehind series={series} search={search} at={step} onClose={() => setStep(null)} />
    </>
  );
}

function Picture({ series, onStep }: { series: Series; onStep: (at: string) => void }) {
  const formats = useFormats();
  const columns = useMemo(() => seriesColumns(series), [series]);
  return (
    <>
      <Legend series={series} />
      <SeriesPlot
        columns={columns}
        words={(value) => valueWords(series.unit, value, formats)}
        onStep={(place) => {
          const time = columns.times[place];
          if (time !== undefined) onStep(new Date(time * 1000).toISOString());
        }}
      />
    </>
  );
}
