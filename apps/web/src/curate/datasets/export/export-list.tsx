import { useInfiniteQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { api } from '../../../shell/api.ts';
import { Ago } from '../../../shell/parts/ago.tsx';
import { ErrorNotice } from '../../../shell/parts/error-notice.tsx';
import { ShowMore } from '../../../shell/parts/show-more.tsx';
import { useText } from '../../../text/use-text.ts';
import { text } from '../text.ts';

/** What was exported so far. */
export function ExportList({ id, downloads }: { id: string; downloads: boolean }) {
  const t = useText(text).export;
  const list = useInfiniteQuery({
    queryKey: ['datasets', 'exports', id],
    queryFn: ({ pageParam, signal }) =>
      api.listExports(
        { params: { id }, query: { limit: 20, ...(pageParam !== null && { cursor: pageParam }) } },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });
  if (list.isError) return <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />;
  const exports = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section aria-label={t.earlier}>
      <h3 className="eyebrow mb-1">{t.earlier}</h3>
      {list.isSuccess && exports.length === 0 && <p className="text-soft text-sm">{t.noneYet}</p>}
      <ul className="card divide-y divide-line text-sm empty:hidden">
        {exports.map((one) => (
          <li key={one.id} className="flex min-h-12 flex-wrap items-center gap-3 px-5 py-2">
            <span className="font-medium">{t.formats[one.format]}</span>
            <span className="text-soft">
              {t.splits[one.split]}, {t.rows(one.rows)}
            </span>
            <span className={`chip ${one.masked ? '' : 'bg-warn-wash text-warn'}`}>
              {one.masked ? t.maskedChip : t.rawChip}
            </span>
            <Ago at={one.created_at} className="ml-auto text-faint text-xs" />
            {downloads && (
              <a
                href={one.url}
                download={one.file_name}
                aria-label={`${t.download}: ${one.file_name}`}
                className="line-button"
              >
                <Download aria-hidden className="size-4" /> {t.download}
              </a>
            )}
          </li>
        ))}
      </ul>
      <ShowMore list={list} />
    </section>
  );
}
