import { DataTable } from '../../shell/parts/data-table.tsx';
import { useFormats, useText } from '../../text/use-text.ts';
import { text } from '../text.ts';
import type { ReliabilityBin } from './reliability-bins.ts';

/** Side of the drawing, and the room for its axes. */
const SIDE = 220;
const ROOM = 34;

/** Whether a score means what it says: people's ratings of the answers in each tenth of the score. */
export function Reliability({ bins }: { bins: readonly ReliabilityBin[] }) {
  const t = useText(text);
  const { count, decimal } = useFormats();
  const interval = ([low, high]: ReliabilityBin['rating']['ci']) =>
    low === null || high === null ? '–' : `${decimal(low, 2)} – ${decimal(high, 2)}`;
  return (
    <section aria-labelledby="reliability" className="mb-8 space-y-3">
      <h2 id="reliability" className="font-medium font-serif text-xl">
        {t.reliability}
      </h2>
      <p className="text-soft text-sm">{t.reliabilityAbout}</p>
      <div className="flex flex-wrap items-start gap-6">
        <Drawing bins={bins} />
        <div className="min-w-72 flex-1">
          <DataTable
            label={t.reliability}
            columns={[
              {
                key: 'tenth',
                label: t.scores,
                cell: ({ from, to }) => `${decimal(from, 1)} – ${decimal(to, 1)}`,
              },
              { key: 'score', label: t.meanScore, cell: ({ score }) => decimal(score, 2), numeric: true },
              {
                key: 'rating',
                label: t.meanRating,
                cell: ({ rating }) => decimal(rating.value, 2),
                numeric: true,
              },
              {
                key: 'interval',
                label: t.interval,
                cell: ({ rating }) => interval(rating.ci),
                numeric: true,
              },
              { key: 'n', label: 'n', cell: ({ rating }) => count(rating.n), numeric: true },
            ]}
            rows={[...bins]}
            rowKey={({ from }) => String(from)}
          />
        </div>
      </div>
    </section>
  );
}

/** Mean ratings with their intervals over mean scores; on the diagonal a score is what people say. */
function Drawing({ bins }: { bins: readonly ReliabilityBin[] }) {
  const t = useText(text);
  const { decimal } = useFormats();
  const x = (value: number) => ROOM + value * SIDE;
  const y = (value: number) => (1 - value) * SIDE + 6;
  return (
    <svg aria-hidden width={SIDE + ROOM + 8} height={SIDE + ROOM + 6} className="shrink-0 text-faint text-xs">
      <rect x={ROOM} y={6} width={SIDE} height={SIDE} fill="none" stroke="currentColor" strokeOpacity={0.3} />
      <line x1={x(0)} y1={y(0)} x2={x(1)} y2={y(1)} stroke="currentColor" strokeDasharray="4 4" />
      {[0, 0.5, 1].map((tick) => (
        <g key={tick} fill="currentColor">
          <text x={x(tick)} y={SIDE + 20} textAnchor="middle">
            {decimal(tick, 1)}
          </text>
          <text x={ROOM - 5} y={y(tick) + 4} textAnchor="end">
            {decimal(tick, 1)}
          </text>
        </g>
      ))}
      <text x={x(0.5)} y={SIDE + ROOM + 2} textAnchor="middle" fill="currentColor">
        {t.meanScore}
      </text>
      {bins.map(({ from, score, rating: { value, ci } }) => (
        <g key={from} stroke="var(--color-accent)" fill="var(--color-accent)">
          {ci[0] !== null && ci[1] !== null && (
            <line x1={x(score)} y1={y(ci[0])} x2={x(score)} y2={y(ci[1])} strokeWidth={1.5} />
          )}
          <circle cx={x(score)} cy={y(value)} r={3.5} />
        </g>
      ))}
    </svg>
  );
}
