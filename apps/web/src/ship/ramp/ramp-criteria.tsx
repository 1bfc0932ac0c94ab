import type { Criterion, CriterionEvidence, Ramp } from '@attune/contracts';
import { CircleCheck, CircleDashed, CircleHelp, CircleX } from 'lucide-react';
import { DataTable } from '../../shell/parts/data-table.tsx';
import { useFormats, useText } from '../../text/use-text.ts';
import { differenceWords, intervalWords, relativeWords } from '../experiments/metric-words.ts';
import { Ends } from '../experiments/panel/ends.tsx';
import { text as experimentText } from '../experiments/text.ts';
import { text } from './text.ts';

type State = CriterionEvidence['state'];
type Row = Criterion & Partial<CriterionEvidence>;

const icons = { holds: CircleCheck, fails: CircleX, open: CircleDashed, not_enough_data: CircleHelp };
const colours: Record<State, string> = {
  holds: 'text-good',
  fails: 'text-bad',
  open: 'text-faint',
  not_enough_data: 'text-faint',
};

/** What a success is, and what of it holds so far. */
export function RampCriteria({ ramp }: { ramp: Ramp }) {
  const t = useText(text);
  const words = useText(experimentText);
  const { count } = useFormats();
  const rows: readonly Row[] = ramp.evidence?.criteria ?? ramp.criteria;
  if (rows.length === 0) return null;
  return (
    <section>
      <h3 className="mb-2 font-medium">{t.criteria}</h3>
      <DataTable
        label={t.criteria}
        columns={[
          { key: 'criterion', label: t.criterion, cell: (row) => words.criterion(row) },
          { key: 'seen', label: t.seen, cell: (row) => <Seen row={row} />, numeric: true },
          {
            key: 'people',
            label: t.leastPeople,
            cell: ({ units }) => (units === undefined ? '–' : count(units)),
            numeric: true,
          },
          {
            key: 'state',
            label: t.state,
            cell: ({ state = 'not_enough_data' }) => <StateMark state={state} />,
          },
        ]}
        rows={rows}
        rowKey={(row) => words.criterion(row)}
      />
      <p className="mt-2 text-faint text-xs">{t.criteriaAbout}</p>
    </section>
  );
}

function Seen({ row: { metric, measure, seen } }: { row: Row }) {
  const { points } = useText(experimentText);
  const formats = useFormats();
  if (seen === undefined || seen.value === null) return '–';
  if (metric === 'safety_reports') return formats.count(seen.value);
  const say = (value: number) =>
    measure === 'relative' ? relativeWords(value, formats) : differenceWords(metric, value, formats, points);
  return <Ends value={say(seen.value)} interval={intervalWords(seen.ci, say)} />;
}

function StateMark({ state }: { state: State }) {
  const t = useText(text);
  const Icon = icons[state];
  return (
    <span className={`inline-flex items-center gap-1.5 whitespace-nowrap ${colours[state]}`}>
      <Icon aria-hidden className="size-4" /> {t.criterionStates[state]}
    </span>
  );
}
