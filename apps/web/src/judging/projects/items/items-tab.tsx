import type { JudgingItem, JudgingProject } from '@attune/contracts';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { ListChecks } from 'lucide-react';
import { api } from '../../../shell/api.ts';
import { useSay } from '../../../shell/messages.tsx';
import { Choice } from '../../../shell/parts/choice.tsx';
import { type Column, DataTable } from '../../../shell/parts/data-table.tsx';
import { Empty } from '../../../shell/parts/empty.tsx';
import { ErrorNotice } from '../../../shell/parts/error-notice.tsx';
import { Loading } from '../../../shell/parts/loading.tsx';
import { ShowMore } from '../../../shell/parts/show-more.tsx';
import { useText } from '../../../text/use-text.ts';
import { itemKinds, itemStates } from '../project-search.ts';
import { text } from '../text.ts';
import { useProjectSearch } from '../use-project-search.ts';
import { AddItemsDialog } from './add-items-dialog.tsx';

/** What is judged in a project. */
export function ItemsTab({ project }: { project: JudgingProject }) {
  const t = useText(text).items;
  const [{ kind, state }, search] = useProjectSearch();
  const filter = { ...(kind !== undefined && { kind }), ...(state !== undefined && { state }) };
  const list = useInfiniteQuery({
    queryKey: ['judging', 'items', project.id, filter],
    queryFn: ({ pageParam, signal }) =>
      api.listJudgingItems(
        {
          params: { id: project.id },
          query: { ...filter, limit: 50, ...(pageParam !== null && { cursor: pageParam }) },
        },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });
  return (
    <div className="grid grid-cols-1 gap-4">
      <div className="flex flex-wrap items-center gap-2">
        <Choice
          label={t.kind}
          options={(['all', ...itemKinds] as const).map((value) => ({ value, label: t.kinds[value] }))}
          value={kind ?? 'all'}
          onValue={(chosen) => search({ kind: chosen === 'all' ? undefined : chosen })}
        />
        <Choice
          label={t.state}
          options={(['all', ...itemStates] as const).map((value) => ({ value, label: t.states[value] }))}
          value={state ?? 'all'}
          onValue={(chosen) => search({ state: chosen === 'all' ? undefined : chosen })}
        />
        {project.status !== 'closed' && (
          <div className="ml-auto">
            <AddItemsDialog project={project.id} />
          </div>
        )}
      </div>
      {list.isError && <ErrorNotice error={list.error} onRetry={() => list.refetch()} />}
      {list.isPending && <Loading what={t.what} />}
      {list.isSuccess && <ItemTable items={list.data.pages.flatMap(({ items }) => items)} />}
      <ShowMore list={list} />
    </div>
  );
}

function ItemTable({ items }: { items: readonly JudgingItem[] }) {
  const t = useText(text).items;
  if (items.length === 0) {
    return (
      <Empty icon={ListChecks} title={t.empty}>
        {t.emptyAbout}
      </Empty>
    );
  }
  const columns: Column<JudgingItem>[] = [
    {
      key: 'query',
      label: t.question,
      cell: ({ query }) => <span className="line-clamp-2 min-w-60">{query}</span>,
    },
    {
      key: 'kind',
      label: t.kind,
      cell: ({ kind }) => <span className="chip">{t.kinds[kind]}</span>,
    },
    { key: 'votes', label: t.votes, numeric: true, cell: ({ votes, wanted }) => `${votes}/${wanted}` },
    {
      key: 'actions',
      label: t.actions,
      hiddenLabel: true,
      cell: (item) => <RemoveItem item={item} />,
    },
  ];
  return <DataTable label={t.list} columns={columns} rows={items} rowKey={({ id }) => id} />;
}

function RemoveItem({ item: { id, votes, skips } }: { item: JudgingItem }) {
  const t = useText(text).items;
  const { say, sayError } = useSay();
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: () => api.deleteJudgingItem({ params: { id } }),
    onSuccess: () => say(t.removed),
    onError: sayError,
    onSettled: () => queries.invalidateQueries({ queryKey: ['judging'] }),
  });
  // What somebody has judged stays.
  if (votes + skips > 0) return null;
  return (
    <button
      type="button"
      className="quiet-button"
      disabled={remove.isPending}
      onClick={() => remove.mutate()}
    >
      {t.remove}
    </button>
  );
}
