import type { Alert } from '@attune/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { BellOff } from 'lucide-react';
import { api } from '../shell/api.ts';
import { useSay } from '../shell/messages.tsx';
import { Ago } from '../shell/parts/ago.tsx';
import { Empty } from '../shell/parts/empty.tsx';
import { ErrorNotice } from '../shell/parts/error-notice.tsx';
import { Loading } from '../shell/parts/loading.tsx';
import { mayAct } from '../shell/role-rank.ts';
import { useMe } from '../shell/session.ts';
import { useText } from '../text/use-text.ts';
import { useLive } from './live/live-source.tsx';
import { text } from './text.ts';

/** The newest alerts, firing ones first. */
export function Alerts() {
  const t = useText(text).alerts;
  // A change in their number is told by the live counters; the list is read again then.
  const open = useLive().counters?.open_alerts ?? 0;
  const alerts = useQuery({
    queryKey: ['alerts', open],
    queryFn: ({ signal }) => api.listAlerts({ query: { limit: 50 } }, { signal }),
    placeholderData: (before) => before,
  });
  if (alerts.isError) return <ErrorNotice error={alerts.error} onRetry={() => alerts.refetch()} />;
  if (alerts.isPending) return <Loading what={t.what} lines={2} />;
  const items = alerts.data.items.toSorted(
    (a, b) => Number(b.state === 'firing') - Number(a.state === 'firing'),
  );
  if (items.length === 0) {
    return (
      <Empty icon={BellOff} title={t.none}>
        {t.noneAbout}
      </Empty>
    );
  }
  return (
    <ul className="card divide-y divide-line">
      {items.map((alert) => (
        <AlertRow key={alert.id} alert={alert} />
      ))}
    </ul>
  );
}

function AlertRow({ alert }: { alert: Alert }) {
  const t = useText(text).alerts;
  const firing = alert.state === 'firing';
  const facts = [
    ...(alert.reward_model === null ? [] : [alert.reward_model]),
    ...(alert.n > 0 ? [`n = ${alert.n}`] : []),
    ...(alert.acknowledged_by === null ? [] : [t.acknowledgedBy(alert.acknowledged_by)]),
    ...(alert.delivered === false ? [t.undelivered] : []),
  ];
  return (
    <li className="flex items-start gap-3 px-5 py-4">
      <span aria-hidden className={`mt-2 size-2 shrink-0 rounded-full ${firing ? 'bg-bad' : 'bg-line'}`} />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 text-sm">
          <span className="font-medium">{t.kinds[alert.kind]}</span>
          <span className={firing ? 'text-bad' : 'text-faint'}>{t.states[alert.state]}</span>
          <Ago at={alert.created_at} className="text-faint" />
        </p>
        <p className="text-soft text-sm">{alert.message}</p>
        {facts.length > 0 && <p className="mt-0.5 text-faint text-xs">{facts.join(' · ')}</p>}
      </div>
      <Acknowledge alert={alert} />
    </li>
  );
}

function Acknowledge({ alert }: { alert: Alert }) {
  const t = useText(text).alerts;
  const { role } = useMe();
  const queries = useQueryClient();
  const { sayError } = useSay();
  const acknowledge = useMutation({
    mutationFn: () => api.acknowledgeAlert({ params: { id: alert.id } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['alerts'] }),
    onError: sayError,
  });
  if (alert.state !== 'firing' || alert.acknowledged_by !== null || !mayAct(role, 'curator')) return null;
  return (
    <button
      type="button"
      className="line-button shrink-0"
      disabled={acknowledge.isPending}
      onClick={() => acknowledge.mutate()}
    >
      {t.acknowledge}
    </button>
  );
}
