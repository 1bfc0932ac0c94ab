import type { Dataset } from '@attune/contracts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Database } from 'lucide-react';
import { useRef } from 'react';
import { api } from '../../shell/api.ts';
import { useKeys } from '../../shell/keys/use-keys.ts';
import { Ago } from '../../shell/parts/ago.tsx';
import { type Column, DataTable } from '../../shell/parts/data-table.tsx';
import { Empty } from '../../shell/parts/empty.tsx';
import { ErrorNotice } from '../../shell/parts/error-notice.tsx';
import { Loading } from '../../shell/parts/loading.tsx';
import { ShowMore } from '../../shell/parts/show-more.tsx';
import type { Formats } from '../../text/formats.ts';
import { useFormats, useText } from '../../text/use-text.ts';
import { moveAmongRows } from '../move-among-rows.ts';
import { type DatasetSearch, filterOf } from './dataset-search.ts';
import { StatusChip } from './status-chip.tsx';
import { text } from './text.ts';

/** The data sets that the filters let through, page by page. */
export function DatasetList({ search, curates }: { search: DatasetSearch; curates: boolean }) {
  const t = useText(text);
  const formats = useFormats();
  const rows = useRef<HTMLDivElement>(null);
  const navigate = useNavigate();
  useKeys(
    {
      j: { says: t.keys.next, does: () => moveAmongRows(rows, 1), repeats: true },
      k: { says: t.keys.previous, does: () => moveAmongRows(rows, -1), repeats: true },
      ...(curates && { n: { says: t.keys.create, does: () => void navigate({ to: '/datasets/new' }) } }),
    },
    { help: t.title },
  );
  const filter = filterOf(search);
  const list = useInfiniteQuery({
    queryKey: ['datasets', 'list', filter],
    queryFn: ({ pageParam, signal }) =>
      api.listDatasets(
        { query: { ...filter, limit: 30, ...(pageParam !== null && { cursor: pageParam }) } },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: (before) => before,
  });
  if (list.isError) return <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />;
  if (list.isPending) return <Loading what={t.what} lines={4} />;
  const datasets = list.data.pages.flatMap((page) => page.items);
  if (datasets.length === 0) {
    const narrowed = Object.keys(search).length > 0;
    return (
      <Empty icon={Database} title={narrowed ? t.empty.filteredTitle : t.empty.title}>
        {narrowed ? t.empty.filtered : t.empty.none}
      </Empty>
    );
  }
  return (
    <div ref={rows}>
      <DataTable
        label={t.title}
        columns={columns(t, formats)}
        rows={datasets}
        rowKey={(dataset) => dataset.id}
      />
      <ShowMore list={list} />
    </div>
  );
}

function columns(t: (typeof text)['en'], { count, percent }: Formats): Column<Dataset>[] {
  const { columns: label } = t;
  return [
    {
      key: 'name',
      label: label.name,
      cell: ({ id, name, version }) => (
        <Link
          to="/datasets/$id"
          params={{ id }}
          data-row-link
          className="inline-flex min-h-6 items-center gap-2 font-medium hover:underline"
        >
          <span className="line-clamp-2 [overflow-wrap:anywhere]">{name}</span>
          <span className="chip">{t.version(version)}</span>
        </Link>
      ),
    },
    { key: 'type', label: label.type, cell: ({ dataset_type }) => t.types[dataset_type] },
    { key: 'status', label: label.status, cell: ({ status }) => <StatusChip status={status} /> },
    { key: 'samples', label: label.samples, numeric: true, cell: (row) => count(row.sample_count) },
    { key: 'pairs', label: label.pairs, numeric: true, cell: (row) => count(row.pair_count) },
    {
      key: 'quality',
      label: label.quality,
      numeric: true,
      cell: ({ quality_score }) => (quality_score === null ? t.detail.none : percent(quality_score)),
    },
    {
      key: 'updated',
      label: label.updated,
      cell: ({ updated_at }) => <Ago at={updated_at} className="whitespace-nowrap text-faint" />,
    },
  ];
}
