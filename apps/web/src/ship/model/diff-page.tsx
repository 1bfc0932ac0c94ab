import type { ModelDiff } from '@attune/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { api } from '../../shell/api.ts';
import { DataTable } from '../../shell/parts/data-table.tsx';
import { ErrorNotice } from '../../shell/parts/error-notice.tsx';
import { Loading } from '../../shell/parts/loading.tsx';
import { PageBody } from '../../shell/parts/page-body.tsx';
import { PageHead } from '../../shell/parts/page-head.tsx';
import { useFormats, useText } from '../../text/use-text.ts';
import { type Figure, headlineMetrics } from '../headline-metrics.ts';
import { text as modelsText } from '../text.ts';
import { ExampleList } from './examples-panel.tsx';
import { text } from './text.ts';

/** How one model differs from another: data, settings, measurements, answers. */
export function ModelDiffPage() {
  const t = useText(text);
  const { id, other } = useParams({ from: '/frame/models/$id/diff/$other' });
  const diff = useQuery({
    queryKey: ['models', 'diff', id, other],
    queryFn: ({ signal }) => api.diffModels({ params: { id }, query: { with: other } }, { signal }),
  });
  return (
    <PageBody>
      <Link to="/models/$id" params={{ id }} className="quiet-button -ml-2.5">
        <ArrowLeft aria-hidden className="size-4" /> {t.theModel}
      </Link>
      {diff.isError && <ErrorNotice error={diff.error} onRetry={() => diff.refetch()} />}
      {diff.isPending && <Loading what={t.diff.heading} />}
      {diff.data && <Difference diff={diff.data} />}
    </PageBody>
  );
}

function Difference({ diff }: { diff: ModelDiff }) {
  const t = useText(text).diff;
  const { count } = useFormats();
  const { one, other, data, hyperparameters, examples, measured_at } = diff;
  const names = [one.model_id, other.model_id] as const;
  return (
    <>
      <PageHead title={t.title(...names)} about={t.about} />
      <div className="space-y-8">
        <section className="space-y-2">
          <h2 className="font-medium font-serif text-xl">{t.data}</h2>
          <p className="text-soft">
            {data === null
              ? t.noData
              : t.rows(count(data.added), count(data.removed), count(data.changed), count(data.same))}
          </p>
        </section>
        <section className="space-y-2">
          <h2 className="font-medium font-serif text-xl">{t.settings}</h2>
          {hyperparameters.length === 0 ? (
            <p className="text-soft">{t.sameSettings}</p>
          ) : (
            <DataTable
              label={t.settings}
              rows={hyperparameters}
              rowKey={({ name }) => name}
              columns={[
                { key: 'name', label: t.setting, cell: ({ name }) => name },
                { key: 'one', label: names[0], cell: (row) => JSON.stringify(row.one) },
                { key: 'other', label: names[1], cell: (row) => JSON.stringify(row.other) },
              ]}
            />
          )}
        </section>
        <Metrics diff={diff} />
        <section className="space-y-2">
          <h2 className="font-medium font-serif text-xl">{t.answers}</h2>
          {measured_at === null ? (
            <p className="text-soft">{t.noAnswers}</p>
          ) : (
            <ExampleList examples={examples} names={names} />
          )}
        </section>
      </div>
    </>
  );
}

/** On the same rows where the two were compared there, else each on what its training held out. */
function Metrics({ diff: { one, other } }: { diff: ModelDiff }) {
  const t = useText(text).diff;
  const words = useText(modelsText).metrics;
  const isSame = one.same_rows !== null && other.same_rows !== null;
  const [left, right] = [one, other].map((side) =>
    headlineMetrics({ performance_metrics: (isSame ? side.same_rows : side.metrics) ?? {} }),
  );
  const names = [...new Set([...(left ?? []), ...(right ?? [])].map(({ name }) => name))];
  const cell = (figures: Figure[] | undefined) => (name: Figure['name']) => (
    <FigureText figure={figures?.find((figure) => figure.name === name)} />
  );
  return (
    <section className="space-y-2">
      <h2 className="font-medium font-serif text-xl">{t.metrics}</h2>
      <p className="text-soft text-sm">{isSame ? t.sameRows : t.ownRows}</p>
      <DataTable
        label={t.metrics}
        rows={names}
        rowKey={(name) => name}
        columns={[
          { key: 'name', label: t.metric, cell: (name) => words[name] },
          { key: 'one', label: one.model_id, numeric: true, cell: cell(left) },
          { key: 'other', label: other.model_id, numeric: true, cell: cell(right) },
        ]}
      />
    </section>
  );
}

function FigureText({ figure }: { figure: Figure | undefined }) {
  const { count, decimal } = useFormats();
  if (figure === undefined) return <>–</>;
  const { value, ci, n } = figure;
  const interval = ci === null ? '' : ` (${decimal(ci[0], 2)}–${decimal(ci[1], 2)})`;
  return <>{`${decimal(value, 3)}${interval}${n === null ? '' : `, n = ${count(n)}`}`}</>;
}
