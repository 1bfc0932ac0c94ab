import type { GuardEvidence, RampEvidence, RampGuard } from '@attune/contracts';
import { CircleCheck, CircleDashed, CircleHelp, CircleX } from 'lucide-react';
import { type Column, DataTable } from '../../shell/parts/data-table.tsx';
import { useFormats, useText } from '../../text/use-text.ts';
import { Ends } from '../experiments/panel/ends.tsx';
import { armWords, gapInterval, gapWords } from './guard-words.ts';
import { text } from './text.ts';

type State = GuardEvidence['state'];
type Row = RampGuard & Partial<GuardEvidence>;

const icons = { tripped: CircleX, fine: CircleCheck, open: CircleDashed, not_enough_data: CircleHelp };
const colours: Record<State, string> = {
  tripped: 'text-bad',
  fine: 'text-good',
  open: 'text-faint',
  not_enough_data: 'text-faint',
};

/** What sends a ramp back, and what was last seen of it. */
export function GuardTable({
  guards,
  evidence,
}: {
  guards: readonly RampGuard[];
  evidence: RampEvidence | null;
}) {
  const t = useText(text);
  const columns = useColumns();
  const rows: readonly Row[] = evidence?.guards ?? guards;
  const level = evidence?.guards[0]?.confidence;
  if (rows.length === 0) return <p className="text-soft text-sm">{t.noGuards}</p>;
  return (
    <section>
      <h3 className="mb-2 font-medium">{t.guards}</h3>
      <DataTable label={t.guards} columns={columns} rows={rows} rowKey={({ metric }) => metric} />
      <p className="mt-2 text-faint text-xs">{level === undefined ? t.notLooked : t.guardsAbout(level)}</p>
    </section>
  );
}

function useColumns(): readonly Column<Row>[] {
  const t = useText(text);
  const formats = useFormats();
  const arm = (name: 'treatment' | 'control') => (row: Row) =>
    armWords(row.metric, row[name]?.value ?? null, formats);
  return [
    { key: 'guard', label: t.guard, cell: (row) => t.guardSentence(row) },
    { key: 'treatment', label: t.fresh, cell: arm('treatment'), numeric: true },
    { key: 'control', label: t.before, cell: arm('control'), numeric: true },
    { key: 'gap', label: t.gap, cell: (row) => <Gap row={row} />, numeric: true },
    {
      key: 'users',
      label: t.people,
      cell: ({ treatment, control }) =>
        treatment === undefined || control === undefined
          ? '–'
          : t.perModel(formats.count(treatment.units), formats.count(control.units)),
      numeric: true,
    },
    { key: 'state', label: t.state, cell: (row) => <StateMark state={row.state ?? 'not_enough_data'} /> },
  ];
}

function Gap({ row: { metric, difference } }: { row: Row }) {
  const t = useText(text);
  const formats = useFormats();
  if (difference === undefined) return '–';
  const interval = gapInterval(metric, difference.ci, formats, t);
  if (difference.value === null) return interval === null ? '–' : <Ends value="–" interval={interval} />;
  return <Ends value={gapWords(metric, difference.value, formats, t.points)} interval={interval} />;
}

function StateMark({ state }: { state: State }) {
  const t = useText(text);
  const Icon = icons[state];
  return (
    <span className={`inline-flex items-center gap-1.5 whitespace-nowrap ${colours[state]}`}>
      <Icon aria-hidden className="size-4" /> {t.guardStates[state]}
    </span>
  );
}
