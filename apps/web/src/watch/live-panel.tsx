import { ConnectionMark } from './connection-mark.tsx';
import { useLiveCounters } from './live-counters.tsx';
import { Totals } from './totals.tsx';
import { VersionCards } from './version-cards.tsx';

/** The live counters beside the conversation. */
export function LivePanel() {
  const { counters, connection } = useLiveCounters();
  return (
    <section aria-label="Live counters" className="space-y-4">
      <div className="flex items-center justify-between">
        <h2 className="eyebrow">How answers are received</h2>
        <ConnectionMark connection={connection} />
      </div>
      {counters && (
        <>
          <Totals counters={counters} />
          <VersionCards versions={counters.versions} />
          {counters.versions.length === 0 && (
            <p className="text-soft text-sm">Ratings appear here as soon as somebody gives one.</p>
          )}
        </>
      )}
    </section>
  );
}
