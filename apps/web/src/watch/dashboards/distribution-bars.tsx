import type { Distribution } from '@attune/contracts';
import type { Formats } from '../../text/formats.ts';
import { useFormats } from '../../text/use-text.ts';
import { valueWords } from './value-words.ts';

const [WIDTH, HEIGHT] = [100, 100];

interface DistributionBarsProps {
  buckets: Distribution['buckets'];
  unit: Distribution['unit'];
}

/** Bars of the period, and the reference as a line over them, both as shares. For eyes: a table has the numbers. */
export function DistributionBars({ buckets, unit }: DistributionBarsProps) {
  const formats = useFormats();
  const shown = filledSpan(buckets);
  const n = total(shown.map((bucket) => bucket.n));
  const before = total(shown.map(({ reference_n }) => reference_n));
  const most = Math.max(...shown.flatMap((bucket) => [bucket.n / n, bucket.reference_n / (before || 1)]));
  const width = WIDTH / shown.length;
  const y = (share: number) => HEIGHT * (1 - share / most);
  const line = shown
    .map(({ reference_n }, place) => `${place * width},${y(reference_n / before)} H${(place + 1) * width}`)
    .join(' L');
  const [first, last] = [shown[0], shown.at(-1)];
  return (
    <div aria-hidden>
      <svg
        aria-hidden="true"
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        className="block h-36 w-full"
      >
        {shown.map((bucket, place) => (
          <rect
            key={bucket.from}
            x={place * width + width * 0.06}
            width={width * 0.88}
            y={y(bucket.n / n)}
            height={HEIGHT - y(bucket.n / n)}
            className="fill-accent/50"
          />
        ))}
        {before > 0 && (
          <path
            d={`M${line}`}
            className="fill-none stroke-warn"
            strokeWidth="1.5"
            strokeDasharray="4 3"
            vectorEffect="non-scaling-stroke"
          />
        )}
      </svg>
      <p className="mt-1 flex justify-between text-faint text-xs tabular-nums">
        <span>{first && endWords(unit, first.from, first, formats)}</span>
        <span>{last && endWords(unit, last.to, last, formats)}</span>
      </p>
    </div>
  );
}

/** An end of the axis; a bucket of stars is named by the stars in its middle. */
function endWords(
  unit: Distribution['unit'],
  edge: number,
  { from, to }: Distribution['buckets'][number],
  formats: Formats,
): string {
  return unit === 'stars' ? formats.count((from + to) / 2) : valueWords(unit, edge, formats);
}

/** Without the empty buckets at both ends; a year of fast answers would be a sliver of its scale. */
function filledSpan(buckets: Distribution['buckets']): Distribution['buckets'] {
  const isFilled = ({ n, reference_n }: Distribution['buckets'][number]) => n + reference_n > 0;
  return buckets.slice(buckets.findIndex(isFilled), buckets.findLastIndex(isFilled) + 1);
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
