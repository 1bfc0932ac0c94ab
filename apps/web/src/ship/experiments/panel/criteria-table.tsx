import type { Criterion, Experiment, ExperimentResults } from '@attune/contracts';
import { CircleCheck, CircleDashed, CircleX } from 'lucide-react';
import { DataTable } from '../../../shell/parts/data-table.tsx';
import { useFormats, useText } from '../../../text/use-text.ts';
import { differenceWords, intervalWords, relativeWords } from '../metric-words.ts';
import { text as experimentText } from '../text.ts';
import { Ends } from './ends.tsx';
import { text } from './text.ts';

type Judged = ExperimentResults['criteria'][number];
type State = Judged['state'];

const icons = { holds: CircleCheck, fails: CircleX, open: CircleDashed };
const colours: Record<State, string> = { holds: 'text-good', fails: 'text-bad', open: 'text-faint' };

/** What must be so for the treatment to win, and what of it is so. */
export function CriteriaTable({ experiment }: { experiment: Experiment }) {
  const t = useText(text);
  const words = useText(experimentText);
  const rows: readonly (Criterion & Partial<Judged>)[] =
    experiment.results?.criteria ?? experiment.success_metrics;
  return (
    <section>
      <h2 className="mb-2 font-medium">{t.criteria}</h2>
      <DataTable
        label={t.criteria}
        columns={[
          { key: 'criterion', label: t.criterion, cell: (row) => words.criterion(row) },
          { key: 'state', label: t.state, cell: ({ state = 'open' }) => <StateMark state={state} /> },
          { key: 'seen', label: t.seen, cell: (row) => <Seen row={row} />, numeric: true },
        ]}
        rows={rows}
        rowKey={(row) => words.criterion(row)}
      />
    </section>
  );
}

function StateMark({ state }: { state: State }) {
  const t = useText(text);
  const Icon = icons[state];
  return (
    <span className={`inline-flex items-center gap-1.5 whitespace-nowrap ${colours[state]}`}>
      <Icon aria-hidden className="size-4" /> {t.states[state]}
    </span>
  );
}

function Seen({ row: { metric, measure, seen } }: { row: Criterion & Partial<Judged> }) {
  const t = useText(text);
  const { points } = useText(experimentText);
  const formats = useFormats();
  if (seen === undefined || seen.value === null) return '–';
  if (measure === 'count') return t.count(seen.value);
  const say = (value: number) =>
    measure === 'relative' ? relativeWords(value, formats) : differenceWords(metric, value, formats, points);
  return <Ends value={say(seen.value)} interval={intervalWords(seen.ci, say)} />;
}
