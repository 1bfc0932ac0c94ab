import type { Dataset } from '@attune/contracts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { api } from '../../shell/api.ts';
import { Ago } from '../../shell/parts/ago.tsx';
import { ErrorNotice } from '../../shell/parts/error-notice.tsx';
import { Loading } from '../../shell/parts/loading.tsx';
import { ShowMore } from '../../shell/parts/show-more.tsx';
import { mayAct } from '../../shell/role-rank.ts';
import { useMe } from '../../shell/session.ts';
import { useFormats, useText } from '../../text/use-text.ts';
import { DatasetDiff } from './dataset-diff.tsx';
import { StatusChip } from './status-chip.tsx';
import { text } from './text.ts';

/** Every version of a data set, and what two of them do not share. */
export function VersionsTab({ dataset }: { dataset: Dataset }) {
  const t = useText(text);
  const { count } = useFormats();
  const { against } = useSearch({ from: '/frame/datasets/$id' });
  const curates = mayAct(useMe().role, 'curator');
  const list = useInfiniteQuery({
    queryKey: ['datasets', 'versions', dataset.id],
    queryFn: ({ pageParam, signal }) =>
      api.listDatasetVersions(
        {
          params: { id: dataset.id },
          query: { limit: 20, ...(pageParam !== null && { cursor: pageParam }) },
        },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });
  if (list.isError) return <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />;
  if (list.isPending) return <Loading what={t.versions.what} lines={2} />;
  const versions = list.data.pages.flatMap((page) => page.items);
  const comparable = (other: Dataset) =>
    curates && other.id !== dataset.id && other.content_hash !== null && dataset.content_hash !== null;
  const other = versions.find(({ id }) => id === against);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <ul className="card divide-y divide-line text-sm">
        {versions.map((version) => (
          <li key={version.id} className="flex min-h-12 flex-wrap items-center gap-3 px-5 py-2">
            <Link
              to="/datasets/$id"
              params={{ id: version.id }}
              search={{ tab: 'versions' }}
              className="font-medium hover:underline"
            >
              {t.version(version.version)}
            </Link>
            <StatusChip status={version.status} />
            <span className="text-soft tabular-nums">
              {count(version.sample_count)} {t.columns.samples.toLowerCase()}, {count(version.pair_count)}{' '}
              {t.columns.pairs.toLowerCase()}
            </span>
            <Ago at={version.updated_at} className="ml-auto text-faint text-xs" />
            {version.id === dataset.id && <span className="chip">{t.versions.current}</span>}
            {comparable(version) && (
              <Link
                to="/datasets/$id"
                params={{ id: dataset.id }}
                search={{ tab: 'versions', against: version.id }}
                replace
                aria-label={`${t.versions.compare}: ${t.version(version.version)}`}
                className="line-button"
              >
                {t.versions.compare}
              </Link>
            )}
          </li>
        ))}
      </ul>
      <ShowMore list={list} />
      {versions.length === 1 && <p className="text-soft text-sm">{t.versions.only}</p>}
      {other !== undefined && comparable(other) && <DatasetDiff dataset={dataset} against={other} />}
    </div>
  );
}
