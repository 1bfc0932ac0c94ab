import { Link } from '@tanstack/react-router';
import { Activity } from 'lucide-react';
import { Empty } from '../shell/parts/empty.tsx';
import { Loading } from '../shell/parts/loading.tsx';
import { PageBody } from '../shell/parts/page-body.tsx';
import { PageHead } from '../shell/parts/page-head.tsx';
import { useText } from '../text/use-text.ts';
import { Alerts } from './alerts/alerts.tsx';
import { ConnectionMark } from './connection-mark.tsx';
import { useLive } from './live/live-source.tsx';
import { text } from './text.ts';
import { Totals } from './totals.tsx';
import { VersionCards } from './version-cards.tsx';

/** Counters per model version and the alerts, as they change. */
export function LivePage() {
  const t = useText(text);
  const { counters, connection } = useLive();
  return (
    <PageBody>
      <PageHead title={t.title} about={t.about}>
        <ConnectionMark connection={connection} />
      </PageHead>
      {counters === null ? (
        <Loading what={t.counters} />
      ) : (
        <div className="space-y-6">
          <div className="max-w-md">
            <Totals counters={counters} />
          </div>
          <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
            <VersionCards versions={counters.versions} />
          </div>
          {counters.versions.length === 0 && (
            <Empty icon={Activity} title={t.empty}>
              {t.emptyAbout}
            </Empty>
          )}
        </div>
      )}
      <div className="mt-10 mb-3 flex flex-wrap items-center justify-between gap-3">
        <h2 className="font-serif text-xl">{t.alerts.title}</h2>
        <Link to="/alerts" className="line-button">
          {t.alerts.manage}
        </Link>
      </div>
      <Alerts />
    </PageBody>
  );
}
