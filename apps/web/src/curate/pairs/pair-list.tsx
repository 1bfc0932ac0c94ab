import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { GitCompareArrows } from 'lucide-react';
import { useRef } from 'react';
import { api } from '../../shell/api.ts';
import { useKeys } from '../../shell/keys/use-keys.ts';
import { Empty } from '../../shell/parts/empty.tsx';
import { ErrorNotice } from '../../shell/parts/error-notice.tsx';
import { Loading } from '../../shell/parts/loading.tsx';
import { ShowMore } from '../../shell/parts/show-more.tsx';
import { useText } from '../../text/use-text.ts';
import { moveAmongRows } from '../move-among-rows.ts';
import { PairRow } from './pair-row.tsx';
import { filterOf, type PairSearch } from './pair-search.ts';
import { text } from './text.ts';

/** The pairs that the filters let through, page by page. */
export function PairList({ search, curates }: { search: PairSearch; curates: boolean }) {
  const t = useText(text);
  const rows = useRef<HTMLUListElement>(null);
  const navigate = useNavigate();
  useKeys(
    {
      j: { says: t.keys.next, does: () => moveAmongRows(rows, 1), repeats: true },
      k: { says: t.keys.previous, does: () => moveAmongRows(rows, -1), repeats: true },
      ...(curates && { n: { says: t.keys.write, does: () => void navigate({ to: '/pairs/new' }) } }),
    },
    { help: t.title },
  );
  const filter = filterOf(search);
  const list = useInfiniteQuery({
    queryKey: ['pairs', 'list', filter],
    queryFn: ({ pageParam, signal }) =>
      api.listPairs(
        { query: { ...filter, limit: 40, ...(pageParam !== null && { cursor: pageParam }) } },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: (before) => before,
  });
  if (list.isError) return <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />;
  if (list.isPending) return <Loading what={t.what} lines={5} />;
  const pairs = list.data.pages.flatMap((page) => page.items);
  if (pairs.length === 0) {
    const narrowed = Object.keys(search).length > 0;
    return (
      <Empty icon={GitCompareArrows} title={narrowed ? t.empty.filteredTitle : t.empty.title}>
        {narrowed ? t.empty.filtered : t.empty.none}
      </Empty>
    );
  }
  return (
    <>
      <ul ref={rows} className="card divide-y divide-line overflow-clip">
        {pairs.map((pair) => (
          <PairRow key={pair.id} pair={pair} />
        ))}
      </ul>
      <ShowMore list={list} />
    </>
  );
}
