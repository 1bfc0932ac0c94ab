import type { Dataset } from '@attune/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { ArrowLeft, Snowflake } from 'lucide-react';
import type { ReactNode } from 'react';
import { Empty } from '../../shell/parts/empty.tsx';
import { ErrorNotice } from '../../shell/parts/error-notice.tsx';
import { Loading } from '../../shell/parts/loading.tsx';
import { PageBody } from '../../shell/parts/page-body.tsx';
import { Tabbed } from '../../shell/parts/tabbed.tsx';
import { usePageTitle } from '../../shell/use-page-title.ts';
import { useText } from '../../text/use-text.ts';
import { CardTab } from './card-tab.tsx';
import { DatasetActions } from './dataset-actions.tsx';
import { DatasetFacts } from './dataset-facts.tsx';
import { datasetQuery } from './dataset-query.ts';
import { tabs } from './dataset-search.ts';
import { ExportTab } from './export/export-tab.tsx';
import { LineageTab } from './lineage-tab.tsx';
import { QueryChips } from './query-chips.tsx';
import { ReportView } from './report-view.tsx';
import { StatusChip } from './status-chip.tsx';
import { text } from './text.ts';
import { VersionsTab } from './versions-tab.tsx';

/** One data set: what it holds, how good it is, where it comes from, and how to get it out. */
export function DatasetPage() {
  const t = useText(text);
  const { id } = useParams({ from: '/frame/datasets/$id' });
  const dataset = useQuery(datasetQuery(id));
  return (
    <PageBody>
      <Link to="/datasets" className="quiet-button -ml-2.5">
        <ArrowLeft aria-hidden className="size-4" /> {t.create.back}
      </Link>
      {dataset.isError && <ErrorNotice error={dataset.error} onRetry={() => void dataset.refetch()} />}
      {dataset.isPending && <Loading what={t.what} lines={4} />}
      {dataset.isSuccess && <DatasetView key={dataset.data.id} dataset={dataset.data} />}
    </PageBody>
  );
}

function DatasetView({ dataset }: { dataset: Dataset }) {
  const t = useText(text);
  const search = useSearch({ from: '/frame/datasets/$id' });
  const navigate = useNavigate();
  usePageTitle(dataset.name);
  const frozen = dataset.content_hash !== null;
  const panel: Record<(typeof tabs)[number], ReactNode> = {
    report: dataset.report && <ReportView report={dataset.report} />,
    export: <ExportTab dataset={dataset} />,
    card: <CardTab dataset={dataset} />,
    versions: <VersionsTab dataset={dataset} />,
    lineage: <LineageTab id={dataset.id} />,
  };
  return (
    <>
      <header className="mt-1 mb-6 grid gap-4">
        <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
          <div className="min-w-0">
            <h1 className="font-medium font-serif text-3xl tracking-tight [overflow-wrap:anywhere]">
              {dataset.name} <span className="text-faint text-xl">{t.version(dataset.version)}</span>
            </h1>
            {dataset.description !== '' && (
              <p className="mt-1 max-w-prose whitespace-pre-wrap text-soft">{dataset.description}</p>
            )}
            <p className="mt-2 flex flex-wrap gap-2">
              <StatusChip status={dataset.status} />
              <span className="chip">{t.types[dataset.dataset_type]}</span>
            </p>
          </div>
          <DatasetActions dataset={dataset} />
        </div>
        <DatasetFacts dataset={dataset} />
        {dataset.query !== null && <QueryChips query={dataset.query} />}
      </header>
      <Tabbed
        label={dataset.name}
        tabs={tabs.map((value) => ({
          value,
          label: t.detail.tabs[value],
          panel: frozen || value === 'lineage' || value === 'versions' ? panel[value] : <NotFrozen />,
        }))}
        value={search.tab ?? 'report'}
        onValue={(tab) =>
          void navigate({ to: '/datasets/$id', params: { id: dataset.id }, search: { tab }, replace: true })
        }
      />
    </>
  );
}

function NotFrozen() {
  const t = useText(text).detail;
  return (
    <Empty icon={Snowflake} title={t.draftTitle}>
      {t.draft}
    </Empty>
  );
}
