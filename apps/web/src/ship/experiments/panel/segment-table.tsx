import type { SegmentResult } from '@attune/contracts';
import { DataTable } from '../../../shell/parts/data-table.tsx';
import { useFormats, useText } from '../../../text/use-text.ts';
import { differenceWords, intervalWords, pWords, valueWords } from '../metric-words.ts';
import { text as experimentText } from '../text.ts';
import { Ends } from './ends.tsx';
import { text } from './text.ts';

/** Satisfaction by part of the traffic. */
export function SegmentTable({ segments }: { segments: readonly SegmentResult[] }) {
  const t = useText(text);
  const { arms } = useText(experimentText);
  const formats = useFormats();
  const q = (of: number | null) => (of === null ? '–' : pWords(of, formats));
  const share = (of: number | null) => (of === null ? '–' : valueWords('satisfaction', of, formats));
  if (segments.length === 0) return null;
  return (
    <section>
      <h2 className="mb-2 font-medium">{t.segments}</h2>
      <DataTable
        label={t.segments}
        columns={[
          { key: 'segment', label: t.segment, cell: (row) => <Part row={row} /> },
          {
            key: 'control',
            label: arms.control,
            cell: ({ control }) => <Ends value={share(control.value)} />,
            numeric: true,
          },
          {
            key: 'treatment',
            label: arms.treatment,
            cell: ({ treatment }) => <Ends value={share(treatment.value)} />,
            numeric: true,
          },
          { key: 'difference', label: t.difference, cell: (row) => <Difference row={row} />, numeric: true },
          { key: 'q', label: t.q, cell: ({ q_value }) => <Ends value={q(q_value)} />, numeric: true },
          {
            key: 'n',
            label: t.n,
            cell: ({ control, treatment }) => (
              <Ends value={t.perArm(formats.count(control.n), formats.count(treatment.n))} />
            ),
            numeric: true,
          },
        ]}
        rows={segments}
        rowKey={({ segment, part }) => `${segment}/${part}`}
      />
      <p className="mt-2 text-faint text-xs">{t.segmentAbout}</p>
    </section>
  );
}

function Part({ row: { segment, part } }: { row: SegmentResult }) {
  const t = useText(text);
  const isLength = part === 'short' || part === 'medium' || part === 'long';
  return `${t.segmentKinds[segment]}: ${isLength ? t.lengths[part] : part}`;
}

function Difference({ row: { satisfaction } }: { row: SegmentResult }) {
  const { points } = useText(experimentText);
  const formats = useFormats();
  const say = (of: number) => differenceWords('satisfaction', of, formats, points);
  if (satisfaction.value === null) return '–';
  return <Ends value={say(satisfaction.value)} interval={intervalWords(satisfaction.ci, say)} />;
}
