import { useText } from '../text/use-text.ts';
import { ConnectionMark } from './connection-mark.tsx';
import { useLive } from './live/live-source.tsx';
import { text } from './text.ts';
import { Totals } from './totals.tsx';
import { VersionCards } from './version-cards.tsx';

/** The live counters beside the conversation. */
export function LivePanel() {
  const t = useText(text);
  const { counters, connection } = useLive();
  return (
    <section aria-label={t.panelName} className="space-y-4">
      <div className="flex items-center justify-between">
        <h2 className="eyebrow">{t.panel}</h2>
        <ConnectionMark connection={connection} />
      </div>
      {counters && (
        <>
          <Totals counters={counters} />
          <VersionCards versions={counters.versions} />
          {counters.versions.length === 0 && <p className="text-soft text-sm">{t.panelEmpty}</p>}
        </>
      )}
    </section>
  );
}
