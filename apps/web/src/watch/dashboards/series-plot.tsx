import 'uplot/dist/uPlot.min.css';
import { useEffect, useMemo, useRef } from 'react';
import UPlot from 'uplot';
import { canvasColour } from '../../shell/canvas-colour.ts';
import { lineColour, lineDash } from './line-colours.ts';
import type { SeriesColumns } from './series-columns.ts';

const HEIGHT = 180;

interface SeriesPlotProps {
  columns: SeriesColumns;
  /** Says a value beside the axis. */
  words: (value: number) => string;
  /** A step was clicked, by its place. */
  onStep: (place: number) => void;
}

/** Lines over time; one alone has its interval as a band. For eyes: the numbers stand in a table too. */
export function SeriesPlot({ columns, words, onStep }: SeriesPlotProps) {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<UPlot | null>(null);
  const data = useMemo(() => alignedData(columns), [columns]);
  const newest = useRef({ data, words, onStep });
  newest.current = { data, words, onStep };
  const { length } = columns.lines;
  useEffect(() => {
    const box = place.current;
    if (box === null) return;
    const draw = () => {
      plot.current?.destroy();
      plot.current = new UPlot(optionsOf(box, length, newest), newest.current.data, box);
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
  }, [length]);
  useEffect(() => {
    if (plot.current?.series.length === data.length) plot.current.setData(data);
  }, [data]);
  return <div ref={place} aria-hidden className="cursor-pointer text-faint" />;
}

/** One line comes with the ends of its intervals. */
function alignedData({ times, lines }: SeriesColumns): UPlot.AlignedData {
  const [only] = lines;
  const values = lines.map((line) => [...line.values]);
  if (lines.length !== 1 || only === undefined) return [[...times], ...values];
  return [[...times], ...values, [...only.highs], [...only.lows]];
}

interface Newest {
  current: {
    data: UPlot.AlignedData;
    words: (value: number) => string;
    onStep: (place: number) => void;
  };
}

function optionsOf(box: HTMLElement, lines: number, newest: Newest): UPlot.Options {
  const faint = canvasColour('var(--color-faint)', box);
  const accent = canvasColour('var(--color-accent)', box);
  const wash = canvasColour('color-mix(in oklab, var(--color-accent) 18%, transparent)', box);
  const axis = { stroke: faint, grid: { stroke: faint, width: 0.15 }, ticks: { show: false } };
  const drawn = Array.from({ length: lines }, (_, index) => ({
    stroke: canvasColour(lineColour(index), box),
    width: 2,
    dash: lineDash(index),
    points: { show: isAlone },
  }));
  const end = { stroke: accent, width: 0.5, points: { show: false } };
  return {
    width: box.clientWidth,
    height: HEIGHT,
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false } },
    axes: [
      { ...axis, size: 36 },
      { ...axis, size: 72, values: (_, ticks) => ticks.map((tick) => newest.current.words(tick)) },
    ],
    bands: lines === 1 ? [{ series: [2, 3], fill: wash }] : [],
    series: [{}, ...drawn, ...(lines === 1 ? [end, end] : [])],
    hooks: {
      ready: [
        ({ over, cursor }) =>
          over.addEventListener('click', () => {
            if (typeof cursor.idx === 'number') newest.current.onStep(cursor.idx);
          }),
      ],
    },
  };
}

/** A value between two gaps would not be seen without a dot. */
function isAlone(plot: UPlot, series: number): boolean {
  const values = plot.data[series] ?? [];
  return values.some(
    (value, place) =>
      typeof value === 'number' &&
      typeof values[place - 1] !== 'number' &&
      typeof values[place + 1] !== 'number',
  );
}
