import type { LiveCounters } from '@attune/contracts';
import { useFormats, useText } from '../text/use-text.ts';
import { text } from './text.ts';

/** The totals of the organisation. */
export function Totals({ counters }: { counters: LiveCounters }) {
  const t = useText(text).totals;
  return (
    <dl className="grid grid-cols-3 gap-2">
      <Total name="answers" label={t.answers} value={counters.answers} />
      <Total name="feedback" label={t.feedback} value={counters.feedback} />
      <Total
        name="open_alerts"
        label={t.alerts}
        value={counters.open_alerts}
        alarming={counters.open_alerts > 0}
      />
    </dl>
  );
}

interface TotalProps {
  /** Name of the counter, the same in every language. */
  name: string;
  label: string;
  value: number;
  alarming?: boolean;
}

function Total({ name, label, value, alarming = false }: TotalProps) {
  const { count } = useFormats();
  return (
    <div className="flex flex-col-reverse">
      <dt className="text-faint text-xs">{label}</dt>
      <dd
        data-counter={name}
        className={`font-serif text-2xl tabular-nums leading-tight ${alarming ? 'text-bad' : ''}`}
      >
        {count(value)}
      </dd>
    </div>
  );
}
