import { AlertKind } from '@attune/contracts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { BellOff } from 'lucide-react';
import { Choice } from '../../shell/parts/choice.tsx';
import { Empty } from '../../shell/parts/empty.tsx';
import { ErrorNotice } from '../../shell/parts/error-notice.tsx';
import { Loading } from '../../shell/parts/loading.tsx';
import { ShowMore } from '../../shell/parts/show-more.tsx';
import { useText } from '../../text/use-text.ts';
import { text } from '../text.ts';
import { historyQuery } from './alert-queries.ts';
import { AlertRow } from './alert-row.tsx';
import { alertsSearch } from './alerts-search.ts';

/** Every alert, the newest first, by state and kind. */
export function AlertHistory() {
  const t = useText(text).alerts;
  const search = useSearch({ from: '/frame/alerts' });
  const navigate = useNavigate();
  const change = (field: 'state' | 'kind', value: string) =>
    void navigate({ to: '/alerts', search: alertsSearch({ ...search, [field]: value }), replace: true });
  return (
    <>
      <search className="mb-4 flex flex-wrap gap-2">
        <Choice
          label={t.state}
          options={[
            { value: '', label: t.anyState },
            { value: 'firing', label: t.states.firing },
            { value: 'resolved', label: t.states.resolved },
          ]}
          value={search.state ?? ''}
          onValue={(value) => change('state', value)}
        />
        <Choice
          label={t.kind}
          options={[
            { value: '', label: t.anyKind },
            ...AlertKind.options.map((value) => ({ value, label: t.kinds[value] })),
          ]}
          value={search.kind ?? ''}
          onValue={(value) => change('kind', value)}
        />
      </search>
      <Rows />
    </>
  );
}

function Rows() {
  const t = useText(text).alerts;
  const { state, kind } = useSearch({ from: '/frame/alerts' });
  const alerts = useInfiniteQuery(historyQuery({ ...(state && { state }), ...(kind && { kind }) }));
  if (alerts.isError) return <ErrorNotice error={alerts.error} onRetry={() => alerts.refetch()} />;
  if (alerts.isPending) return <Loading what={t.what} />;
  const items = alerts.data.pages.flatMap((page) => page.items);
  if (items.length === 0) {
    return (
      <Empty icon={BellOff} title={t.none}>
        {t.noneAbout}
      </Empty>
    );
  }
  return (
    <>
      <ul className="card divide-y divide-line">
        {items.map((alert) => (
          <AlertRow key={alert.id} alert={alert} />
        ))}
      </ul>
      <ShowMore list={alerts} />
    </>
  );
}
