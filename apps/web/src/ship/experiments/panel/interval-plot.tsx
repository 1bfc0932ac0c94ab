import 'uplot/dist/uPlot.min.css';
import { useEffect, useMemo, useRef } from 'react';
import UPlot from 'uplot';
import { canvasColour } from '../../../shell/canvas-colour.ts';
import { type Intervals, shownRange } from './intervals.ts';

const HEIGHT = 240;

interface IntervalPlotProps {
  intervals: Intervals;
  /** Where the criterion lies. */
  bound: number | null;
  /** Where the axis of time begins, in seconds since 1970; null for the first interval. */
  from: number | null;
  /** Says a difference beside the axis. */
  words: (difference: number) => string;
}

/** A difference over time with its interval as a band, no change as a line and the criterion's bound as another. */
export function IntervalPlot({ intervals, bound, from, words }: IntervalPlotProps) {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<UPlot | null>(null);
  const newest = useRef({ intervals, bound, from, words });
  newest.current = { intervals, bound, from, words };
  const data = useMemo(() => columnsOf(intervals, bound), [intervals, bound]);
  useEffect(() => {
    const box = place.current;
    if (box === null) return;
    const draw = () => {
      plot.current?.destroy();
      const { intervals, bound } = newest.current;
      plot.current = new UPlot(optionsOf(box, newest), columnsOf(intervals, bound), box);
    };
    draw();
    const dark = matchMedia('(prefers-color-scheme: dark)');
    const themed = new MutationObserver(draw);
    themed.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    dark.addEventListener('change', draw);
    const resized = new ResizeObserver(() =>
      plot.current?.setSize({ width: box.clientWidth, height: HEIGHT }),
    );
    resized.observe(box);
    return () => {
      resized.disconnect();
      themed.disconnect();
      dark.removeEventListener('change', draw);
      plot.current?.destroy();
      plot.current = null;
    };
  }, []);
  useEffect(() => plot.current?.setData(data), [data]);
  return <div ref={place} aria-hidden className="text-faint" />;
}

/** From the start to the newest interval; a minute at least, as one moment is no axis. */
function timeRange({ intervals: { times }, from }: IntervalPlotProps): [number, number] {
  const start = from ?? times[0] ?? 0;
  return [start, Math.max(start + 60, times.at(-1) ?? 0)];
}

function columnsOf({ times, values, lows, highs }: Intervals, bound: number | null): UPlot.AlignedData {
  return [[...times], [...highs], [...lows], [...values], times.map(() => 0), times.map(() => bound)];
}

function optionsOf(box: HTMLElement, newest: { current: IntervalPlotProps }): UPlot.Options {
  const faint = canvasColour('var(--color-faint)', box);
  const accent = canvasColour('var(--color-accent)', box);
  const warn = canvasColour('var(--color-warn)', box);
  const wash = canvasColour('color-mix(in oklab, var(--color-accent) 18%, transparent)', box);
  const axis = { stroke: faint, grid: { stroke: faint, width: 0.15 }, ticks: { show: false } };
  const points = { show: () => newest.current.intervals.times.length < 3 };
  return {
    width: box.clientWidth,
    height: HEIGHT,
    legend: { show: false },
    cursor: { y: false },
    scales: {
      x: { range: () => timeRange(newest.current) },
      y: { range: () => shownRange(newest.current.intervals, newest.current.bound) },
    },
    axes: [
      { ...axis, size: 36 },
      { ...axis, size: 84, values: (_, ticks) => ticks.map((tick) => newest.current.words(tick)) },
    ],
    bands: [{ series: [1, 2], fill: wash }],
    series: [
      {},
      { stroke: accent, width: 0.5, points },
      { stroke: accent, width: 0.5, points },
      { stroke: accent, width: 2, points },
      { stroke: faint, width: 1, points: { show: false } },
      { stroke: warn, width: 1.5, dash: [6, 4], points: { show: false } },
    ],
  };
}
