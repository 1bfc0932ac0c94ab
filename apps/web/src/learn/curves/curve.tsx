import 'uplot/dist/uPlot.min.css';
import { useEffect, useMemo, useRef } from 'react';
import UPlot from 'uplot';
import { canvasColour } from '../../shell/canvas-colour.ts';
import { useFormats, useText } from '../../text/use-text.ts';
import { text } from '../text.ts';
import { alignedLines, type CurveGroup, type Line } from './curve-groups.ts';

const HEIGHT = 180;

/** One measurement over the steps of a run. Dragging zooms in, a double click shows all again. */
export function Curve({ group }: { group: CurveGroup }) {
  const t = useText(text);
  const { figure, count } = useFormats();
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<UPlot | null>(null);
  const data = useMemo(() => alignedLines(group.lines), [group]);
  const shape = group.lines.map(({ label, other }) => `${label}/${other}`).join();
  const lines = useRef(group.lines);
  lines.current = group.lines;
  const newest = useRef(data);
  newest.current = data;
  // biome-ignore lint/correctness/useExhaustiveDependencies: drawn anew only for other lines; values are set below.
  useEffect(() => {
    const box = place.current;
    if (box === null) return;
    const drawn = new UPlot(optionsOf(lines.current, box, figure), newest.current, box);
    plot.current = drawn;
    const resized = new ResizeObserver(() => drawn.setSize({ width: box.clientWidth, height: HEIGHT }));
    resized.observe(box);
    return () => {
      resized.disconnect();
      drawn.destroy();
    };
  }, [shape]);
  useEffect(() => plot.current?.setData(data), [data]);
  return (
    <figure className="card min-w-0 p-4">
      <figcaption className="mb-2 text-sm">
        <span className="font-medium">{t.metric(group.name)}</span>
        <span className="flex flex-wrap gap-x-3 text-faint text-xs tabular-nums">
          {group.lines.map((line) => (
            <span key={`${line.label}/${line.other}`} className="whitespace-nowrap">
              <span aria-hidden style={{ color: colourOf(line) }}>
                {line.heldOut ? '┅ ' : '━ '}
              </span>
              {t.lineName(line)} {figure(line.series.values.at(-1) ?? 0)} (
              {t.atStep(count(line.series.steps.at(-1) ?? 0))})
            </span>
          ))}
        </span>
      </figcaption>
      <div ref={place} aria-hidden />
    </figure>
  );
}

function colourOf({ other }: Line): string {
  return other ? 'var(--color-warn)' : 'var(--color-accent)';
}

/** Colours are read from the page, as a canvas knows no variables. */
function optionsOf(
  lines: readonly Line[],
  box: HTMLElement,
  figure: (value: number) => string,
): UPlot.Options {
  const style = getComputedStyle(box);
  const faint = style.getPropertyValue('color');
  const axis = { stroke: faint, grid: { stroke: faint, width: 0.15 }, ticks: { show: false } };
  return {
    width: box.clientWidth,
    height: HEIGHT,
    legend: { show: false },
    cursor: { y: false },
    scales: { x: { time: false } },
    axes: [
      { ...axis, size: 28 },
      { ...axis, size: 64, values: (_, ticks) => ticks.map(figure) },
    ],
    series: [
      {},
      ...lines.map((line) => ({
        label: line.label,
        stroke: canvasColour(colourOf(line), box),
        width: 1.5,
        dash: line.heldOut ? [5, 4] : [],
        spanGaps: true,
        points: { show: line.series.steps.length < 3 },
      })),
    ],
  };
}
