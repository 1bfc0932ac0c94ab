import type { Gate } from '@attune/contracts';
import { CircleCheck, CircleHelp, CircleX } from 'lucide-react';
import { Ago } from '../../shell/parts/ago.tsx';
import { useFormats, useText } from '../../text/use-text.ts';
import { text } from './text.ts';

const looks = {
  passed: { Icon: CircleCheck, colour: 'text-good' },
  failed: { Icon: CircleX, colour: 'text-bad' },
  not_measured: { Icon: CircleHelp, colour: 'text-faint' },
};

/** What a model is asked before it gets traffic: green, red or not measured, with the evidence. */
export function GateList({ gates }: { gates: readonly Gate[] }) {
  const t = useText(text).gates;
  return (
    <ul className="card divide-y divide-line" aria-label={t.title}>
      {gates.map((gate) => (
        <GateRow key={gate.gate} gate={gate} />
      ))}
    </ul>
  );
}

function GateRow({ gate: { gate, verdict, reason, evidence } }: { gate: Gate }) {
  const t = useText(text).gates;
  const { Icon, colour } = looks[verdict];
  return (
    <li className="flex gap-3 px-5 py-3">
      <Icon aria-hidden className={`mt-0.5 size-5 shrink-0 ${colour}`} />
      <div>
        <p>
          <span className="font-medium">{t.names[gate]}</span>{' '}
          <span className={verdict === 'failed' ? 'text-bad' : 'text-soft'}>
            {reason === 'undecided' ? t.undecided : t.verdicts[verdict]}
          </span>
        </p>
        {reason !== null && <p className="text-soft text-sm">{t.reasons[reason]}</p>}
        {evidence !== null && <Evidence gate={gate} evidence={evidence} />}
      </div>
    </li>
  );
}

function Evidence({ gate, evidence }: { gate: Gate['gate']; evidence: NonNullable<Gate['evidence']> }) {
  const t = useText(text).gates;
  const { count, decimal } = useFormats();
  const { value, ci, n } = evidence.estimate;
  const digits = gate === 'latency' || gate === 'over_optimisation' || gate === 'leak' ? 0 : 3;
  const shown = (number: number | null) => (number === null ? t.unbounded : decimal(number, digits));
  return (
    <p className="text-faint text-sm tabular-nums">
      {t.found(t.measures[gate], shown(value), shown(ci[0]), shown(ci[1]), count(n))};{' '}
      {t.limit(decimal(evidence.limit, gate === 'latency' ? 0 : 2))}; <Ago at={evidence.measured_at} />
    </p>
  );
}
