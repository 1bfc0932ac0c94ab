import { useFormats } from '../text/use-text.ts';

export interface DayBar {
  readonly day: string;
  /** Height of the bar, 0–1; null for none. */
  readonly height: number | null;
  /** Height of its darker part, 0–1. */
  readonly dark: number;
  /** What it stands for, shown when pointed at. */
  readonly says: string;
}

interface DayBarsProps {
  bars: readonly DayBar[];
  /** What stands at the top of the scale. */
  top: string;
}

const HEIGHT = 120;

/** One bar a day; drawn for eyes, the numbers stand in a table for readers. */
export function DayBars({ bars, top }: DayBarsProps) {
  const { day } = useFormats();
  const width = 100 / bars.length;
  const first = bars[0];
  const last = bars.at(-1);
  return (
    <div aria-hidden>
      <p className="text-right text-[0.6875rem] text-faint tabular-nums leading-none">{top}</p>
      <svg viewBox={`0 0 100 ${HEIGHT}`} preserveAspectRatio="none" className="mt-1 block h-30 w-full">
        <title>{top}</title>
        <line
          x1="0"
          x2="100"
          y1="0.5"
          y2="0.5"
          className="stroke-line"
          strokeDasharray="0.6 0.8"
          strokeWidth="1"
        />
        {bars.map((bar, index) => (
          <Bar key={bar.day} bar={bar} x={index * width} width={width} />
        ))}
        <line x1="0" x2="100" y1={HEIGHT} y2={HEIGHT} className="stroke-edge" strokeWidth="1" />
      </svg>
      <p className="mt-1 flex justify-between text-[0.6875rem] text-faint">
        <span>{first && day(`${first.day}T12:00:00Z`)}</span>
        <span>{last && day(`${last.day}T12:00:00Z`)}</span>
      </p>
    </div>
  );
}

function Bar({ bar: { height, dark, says }, x, width }: { bar: DayBar; x: number; width: number }) {
  const gap = width * 0.2;
  const rectangle = (share: number, look: string) => (
    <rect
      x={x + gap / 2}
      width={width - gap}
      y={HEIGHT * (1 - share)}
      height={HEIGHT * share}
      className={look}
    />
  );
  return (
    <g>
      <title>{says}</title>
      <rect x={x} width={width} y={0} height={HEIGHT} className="fill-transparent" />
      {height !== null && rectangle(height, 'fill-accent/30')}
      {height !== null && rectangle(dark, 'fill-accent')}
    </g>
  );
}
