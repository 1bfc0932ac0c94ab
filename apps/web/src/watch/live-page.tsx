import { Activity } from 'lucide-react';
import { Empty } from '../shell/empty.tsx';
import { Loading } from '../shell/loading.tsx';
import { PageBody } from '../shell/page-body.tsx';
import { PageHead } from '../shell/page-head.tsx';
import { Alerts } from './alerts.tsx';
import { ConnectionMark } from './connection-mark.tsx';
import { useLiveCounters } from './live-counters.tsx';
import { Totals } from './totals.tsx';
import { VersionCards } from './version-cards.tsx';

/** Counters per model version and the alerts, as they change. */
export function LivePage() {
  const { counters, connection } = useLiveCounters();
  return (
    <PageBody>
      <PageHead title="Live" about="What people say about the answers of each reward model, as it comes in.">
        <ConnectionMark connection={connection} />
      </PageHead>
      {counters === null ? (
        <Loading what="counters" />
      ) : (
        <div className="space-y-6">
          <div className="max-w-md">
            <Totals counters={counters} />
          </div>
          <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
            <VersionCards versions={counters.versions} />
          </div>
          {counters.versions.length === 0 && (
            <Empty icon={Activity} title="Nothing counted yet">
              Ask a question and rate the answer: it shows here within a second.
            </Empty>
          )}
        </div>
      )}
      <h2 className="mt-10 mb-3 font-serif text-xl">Alerts</h2>
      <Alerts />
    </PageBody>
  );
}
