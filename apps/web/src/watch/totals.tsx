import type { LiveCounters } from '@attune/contracts';
import { countText } from '../shell/number-text.ts';

/** The totals of the organisation. */
export function Totals({ counters }: { counters: LiveCounters }) {
  return (
    <dl className="grid grid-cols-3 gap-2">
      <Total label="Answers" value={counters.answers} />
      <Total label="Feedback" value={counters.feedback} />
      <Total label="Open alerts" value={counters.open_alerts} alarming={counters.open_alerts > 0} />
    </dl>
  );
}

function Total({ label, value, alarming = false }: { label: string; value: number; alarming?: boolean }) {
  return (
    <div className="flex flex-col-reverse">
      <dt className="text-faint text-xs">{label}</dt>
      <dd
        data-counter={label}
        className={`font-serif text-2xl tabular-nums leading-tight ${alarming ? 'text-bad' : ''}`}
      >
        {countText(value)}
      </dd>
    </div>
  );
}
