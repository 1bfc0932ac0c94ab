import { useQuery } from '@tanstack/react-query';
import { BellOff } from 'lucide-react';
import { api } from '../../shell/api.ts';
import { Empty } from '../../shell/parts/empty.tsx';
import { ErrorNotice } from '../../shell/parts/error-notice.tsx';
import { Loading } from '../../shell/parts/loading.tsx';
import { useText } from '../../text/use-text.ts';
import { useLive } from '../live/live-source.tsx';
import { text } from '../text.ts';
import { AlertRow } from './alert-row.tsx';

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
