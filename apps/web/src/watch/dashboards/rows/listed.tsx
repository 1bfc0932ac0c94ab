import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ErrorNotice } from '../../../shell/parts/error-notice.tsx';
import { Loading } from '../../../shell/parts/loading.tsx';
import { ShowMore } from '../../../shell/parts/show-more.tsx';
import { useText } from '../../../text/use-text.ts';
import { text } from '../text.ts';

interface ListedProps<Row> {
  /** Names the list among all that were read. */
  name: readonly unknown[];
  read: (
    cursor: string | undefined,
    signal: AbortSignal,
  ) => Promise<{ items: Row[]; next_cursor: string | null }>;
  keyOf: (row: Row) => string;
  children: (row: Row) => ReactNode;
}

/** Rows by pages. */
export function Listed<Row>({ name, read, keyOf, children }: ListedProps<Row>) {
  const t = useText(text);
  const list = useInfiniteQuery({
    queryKey: ['rows-behind', ...name],
    queryFn: ({ pageParam, signal }) => read(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next_cursor }) => next_cursor ?? undefined,
  });
  if (list.isError) return <ErrorNotice error={list.error} onRetry={() => list.refetch()} />;
  if (list.isPending) return <Loading what={t.rows} />;
  const items = list.data.pages.flatMap((page) => page.items);
  if (items.length === 0) return <p className="text-faint text-sm">{t.noRows}</p>;
  return (
    <>
      <ul className="divide-y divide-line">
        {items.map((row) => (
          <li key={keyOf(row)} className="py-3 text-sm">
            {children(row)}
          </li>
        ))}
      </ul>
      <ShowMore list={list} />
    </>
  );
}
