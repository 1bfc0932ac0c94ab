import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Package } from 'lucide-react';
import { api } from '../shell/api.ts';
import { Empty } from '../shell/empty.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { Loading } from '../shell/loading.tsx';
import { PageBody } from '../shell/page-body.tsx';
import { PageHead } from '../shell/page-head.tsx';
import { ModelRow } from './model-row.tsx';
import { rampInForce } from './ramp-state.ts';
import { Traffic } from './traffic.tsx';

/** The registry and what has traffic. */
export function ModelsPage() {
  return (
    <PageBody>
      <PageHead
        title="Models"
        about="What was trained, how good it is, and which models choose answers now."
      />
      <div className="space-y-6">
        <CurrentTraffic />
        <ModelList />
      </div>
    </PageBody>
  );
}

function CurrentTraffic() {
  const ramps = useQuery({
    queryKey: ['ramps'],
    queryFn: ({ signal }) => api.listRamps({ query: { limit: 20 } }, { signal }),
    // A ramp moves by itself.
    refetchInterval: 5000,
  });
  if (ramps.isError) return <ErrorNotice error={ramps.error} onRetry={() => ramps.refetch()} />;
  if (ramps.isPending) return <Loading what="traffic" lines={1} />;
  const ramp = rampInForce(ramps.data.items);
  return ramp && <Traffic ramp={ramp} />;
}

function ModelList() {
  const models = useInfiniteQuery({
    queryKey: ['models'],
    queryFn: ({ pageParam, signal }) =>
      api.listModels({ query: { limit: 50, ...(pageParam !== null && { cursor: pageParam }) } }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });
  if (models.isError) return <ErrorNotice error={models.error} onRetry={() => models.refetch()} />;
  if (models.isPending) return <Loading what="models" />;
  const items = models.data.pages.flatMap((page) => page.items);
  if (items.length === 0) {
    return (
      <Empty icon={Package} title="No models yet">
        Collect at least 50 ratings, then run “attune prepare” and “attune train reward” to make the first
        one.
      </Empty>
    );
  }
  return (
    <>
      <ul className="card divide-y divide-line">
        {items.map((model) => (
          <ModelRow key={model.id} model={model} />
        ))}
      </ul>
      {models.hasNextPage && (
        <button
          type="button"
          className="line-button"
          disabled={models.isFetchingNextPage}
          onClick={() => models.fetchNextPage()}
        >
          Show more
        </button>
      )}
    </>
  );
}
