import type { Ramp, RampEvent } from '@attune/contracts';
import { Ago } from '../../shell/parts/ago.tsx';
import { useText } from '../../text/use-text.ts';
import { GuardTable } from './guard-table.tsx';
import { text } from './text.ts';

/** Every decision about a ramp, newest first, with what was known then. */
export function RampHistory({ ramp }: { ramp: Ramp }) {
  const t = useText(text);
  const events = ramp.history.toReversed();
  if (events.length === 0) return null;
  return (
    <section aria-label={t.history}>
      <h3 className="mb-2 font-medium">{t.history}</h3>
      <ol className="card divide-y divide-line">
        {events.map((event) => (
          <li key={`${event.at} ${event.action}`} className="px-4 py-3">
            <Decision event={event} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function Decision({ event }: { event: RampEvent }) {
  const t = useText(text);
  const { action, at, by, reason, share, evidence } = event;
  return (
    <>
      <p className="flex flex-wrap items-baseline gap-x-2 text-sm">
        <span className={`font-medium ${action === 'rolled_back' || action === 'held' ? 'text-bad' : ''}`}>
          {t.actions[action](share)}
        </span>
        <span className="text-faint">
          {by === 'system' ? t.byItself : t.byHand}, <Ago at={at} />
        </span>
      </p>
      {reason !== null && <p className="text-soft text-sm [overflow-wrap:anywhere]">{reason}</p>}
      {evidence !== null && evidence.guards.length > 0 && (
        <details className="mt-1">
          <summary className="cursor-pointer text-faint text-sm">{t.known}</summary>
          <div className="mt-2">
            <GuardTable guards={evidence.guards} evidence={evidence} />
          </div>
        </details>
      )}
    </>
  );
}
