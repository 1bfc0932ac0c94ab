import type { RampKind } from '@attune/contracts';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Package } from 'lucide-react';
import { api } from '../shell/api.ts';
import { Empty } from '../shell/parts/empty.tsx';
import { ErrorNotice } from '../shell/parts/error-notice.tsx';
import { Loading } from '../shell/parts/loading.tsx';
import { PageBody } from '../shell/parts/page-body.tsx';
import { PageHead } from '../shell/parts/page-head.tsx';
import { ShowMore } from '../shell/parts/show-more.tsx';
import { useText } from '../text/use-text.ts';
import { ModelRow } from './model-row.tsx';
import { LastRamp } from './ramp/last-ramp.tsx';
import { rampInForce } from './ramp-state.ts';
import { text } from './text.ts';
import { Traffic } from './traffic.tsx';

/** The registry and what has traffic. */
export function ModelsPage() {
  const t = useText(text);
  return (
    <PageBody>
      <PageHead title={t.title} about={t.about} />
      <div className="space-y-6">
        <CurrentTraffic kind="reward" />
        <CurrentTraffic kind="policy" />
        <ModelList />
      </div>
    </PageBody>
  );
}

function CurrentTraffic({ kind }: { kind: RampKind }) {
  const t = useText(text);
  const ramps = useQuery({
    queryKey: ['ramps', kind],
    queryFn: ({ signal }) => api.listRamps({ query: { kind, limit: 20 } }, { signal }),
    // A ramp moves by itself.
    refetchInterval: 5000,
  });
  if (ramps.isError) return <ErrorNotice error={ramps.error} onRetry={() => ramps.refetch()} />;
  if (ramps.isPending) return <Loading what={t.trafficWhat} lines={1} />;
  const ramp = rampInForce(ramps.data.items);
  const [newest] = ramps.data.items;
  return (
    <>
      {ramp && <Traffic ramp={ramp} />}
      {newest !== undefined && newest.state !== 'ramping' && <LastRamp ramp={newest} />}
    </>
  );
}

function ModelList() {
  const t = useText(text);
  const models = useInfiniteQuery({
    queryKey: ['models'],
    queryFn: ({ pageParam, signal }) =>
      api.listModels({ query: { limit: 50, ...(pageParam !== null && { cursor: pageParam }) } }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });
  if (models.isError) return <ErrorNotice error={models.error} onRetry={() => models.refetch()} />;
  if (models.isPending) return <Loading what={t.models} />;
  const items = models.data.pages.flatMap((page) => page.items);
  if (items.length === 0) {
    return (
      <Empty icon={Package} title={t.empty}>
        {t.emptyAbout}
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
      <ShowMore list={models} />
    </>
  );
}
