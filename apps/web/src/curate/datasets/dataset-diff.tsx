import type { Dataset, RowChange } from '@attune/contracts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { api } from '../../shell/api.ts';
import { ErrorNotice } from '../../shell/parts/error-notice.tsx';
import { Loading } from '../../shell/parts/loading.tsx';
import { ShowMore } from '../../shell/parts/show-more.tsx';
import { useText } from '../../text/use-text.ts';
import { RowText } from './row-text.tsx';
import { text } from './text.ts';

const look: Record<RowChange['change'], string> = {
  added: 'bg-accent-wash text-accent-strong',
  removed: 'bg-bad-wash text-bad',
  changed: 'bg-warn-wash text-warn',
};

interface DatasetDiffProps {
  dataset: Dataset;
  against: Dataset;
}

/** Rows that one version has and the other has not. */
export function DatasetDiff({ dataset, against }: DatasetDiffProps) {
  const t = useText(text);
  const list = useInfiniteQuery({
    queryKey: ['datasets', 'diff', dataset.id, against.id],
    queryFn: ({ pageParam, signal }) =>
      api.diffDatasets(
        {
          params: { id: dataset.id },
          query: { against: against.id, limit: 20, ...(pageParam !== null && { cursor: pageParam }) },
        },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });
  if (list.isError) return <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />;
  if (list.isPending) return <Loading what={t.versions.diffWhat} />;
  const [first] = list.data.pages;
  const changes = list.data.pages.flatMap((page) => page.items);
  return (
    <section
      aria-label={t.versions.comparing(t.version(against.version))}
      className="grid grid-cols-[minmax(0,1fr)] gap-3"
    >
      <h2 className="font-medium">{t.versions.comparing(t.version(against.version))}</h2>
      {first && <p className="text-soft text-sm tabular-nums">{t.versions.counts(first.counts)}</p>}
      {changes.length === 0 && <p className="text-soft text-sm">{t.versions.same}</p>}
      <ul className="card divide-y divide-line empty:hidden">
        {changes.map((change, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows of a diff have no name and never move.
          <li key={index} className="grid gap-2 px-5 py-3">
            <span className={`chip justify-self-start ${look[change.change]}`}>
              {t.versions.changes[change.change]}
            </span>
            {change.before && (
              <RowText row={change.before} {...(change.after !== null && { caption: t.versions.before })} />
            )}
            {change.after && (
              <RowText row={change.after} {...(change.before !== null && { caption: t.versions.after })} />
            )}
          </li>
        ))}
      </ul>
      <ShowMore list={list} />
    </section>
  );
}
