import type { Pair } from '@attune/contracts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Changes } from '../../collect/changes.tsx';
import { api } from '../../shell/api.ts';
import { Ago } from '../../shell/parts/ago.tsx';
import { ErrorNotice } from '../../shell/parts/error-notice.tsx';
import { ShowMore } from '../../shell/parts/show-more.tsx';
import { useText } from '../../text/use-text.ts';
import { text } from './text.ts';

interface PairHistoryProps {
  pair: Pair;
  /** Takes the texts of an earlier version over into the editor. */
  onUse?: (texts: Pick<Pair, 'query' | 'query_context' | 'chosen_response' | 'rejected_response'>) => void;
}

/** What a pair said before; read when it is unfolded. */
export function PairHistory({ pair, onUse }: PairHistoryProps) {
  const t = useText(text).edit;
  const [open, setOpen] = useState(false);
  const list = useInfiniteQuery({
    queryKey: ['pairs', 'revisions', pair.id, pair.version],
    queryFn: ({ pageParam, signal }) =>
      api.listPairRevisions(
        { params: { id: pair.id }, query: { limit: 10, ...(pageParam !== null && { cursor: pageParam }) } },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    enabled: open,
  });
  const revisions = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <details className="card px-5 py-3" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="cursor-pointer font-medium text-sm">{t.history(pair.version - 1)}</summary>
      {list.isError && <ErrorNotice error={list.error} />}
      <ol className="mt-2 divide-y divide-line">
        {revisions.map((revision) => (
          <li key={revision.version} className="grid gap-2 py-3">
            <p className="flex flex-wrap items-center gap-2 text-faint text-xs">
              {t.version(revision.version)} · {t.replaced(revision.replaced_by)}{' '}
              <Ago at={revision.replaced_at} />
              {onUse && (
                <button
                  type="button"
                  className="quiet-button ml-auto"
                  onClick={() =>
                    onUse({
                      query: revision.query,
                      query_context: revision.query_context ?? '',
                      chosen_response: revision.chosen_response,
                      rejected_response: revision.rejected_response,
                    })
                  }
                >
                  {t.restore}
                </button>
              )}
            </p>
            <Changes before={revision.chosen_response} after={pair.chosen_response} />
            <Changes before={revision.rejected_response} after={pair.rejected_response} />
          </li>
        ))}
      </ol>
      <ShowMore list={list} />
    </details>
  );
}
