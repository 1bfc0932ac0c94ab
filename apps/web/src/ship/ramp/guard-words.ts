import type { RampMetric } from '@attune/contracts';
import type { Formats } from '../../text/formats.ts';
import { intervalWords } from '../experiments/metric-words.ts';

const MINUS = '−';

/** What one model shows of a metric: `4.12`, `0.6 %`, `310 ms`, `220`. */
export function armWords(metric: RampMetric, value: number | null, formats: Formats): string {
  if (value === null) return '–';
  if (metric === 'rating') return formats.decimal(value, 2);
  if (metric === 'latency') return formats.duration(value);
  return metric === 'cost' ? formats.count(Math.round(value)) : `${formats.decimal(value * 100, 1)} %`;
}

/** How much the models differ, in the unit of the guard's margin; `points` names percentage points. */
export function gapWords(metric: RampMetric, gap: number, formats: Formats, points: string): string {
  const sign = gap === 0 ? '' : gap > 0 ? '+' : MINUS;
  return `${sign}${sizeWords(metric, Math.abs(gap), formats, points)}`;
}

/** A margin without its sign. */
export function sizeWords(metric: RampMetric, size: number, formats: Formats, points: string): string {
  if (metric === 'rating') return formats.figure(Math.round(size * 100) / 100);
  const percent = formats.figure(Math.round(size * 1000) / 10);
  return metric === 'thumbs' || metric === 'error_rate' ? `${percent} ${points}` : `${percent} %`;
}

/** The interval of a gap; an end that nothing bounds is named by `unbounded`. */
export function gapInterval(
  metric: RampMetric,
  [low, high]: readonly [number | null, number | null],
  formats: Formats,
  { points, unbounded }: { points: string; unbounded: string },
): string | null {
  if (low === null && high === null) return null;
  const say = (end: number) => gapWords(metric, end, formats, points);
  if (low !== null && high === null) return `${say(low)} … ${unbounded}`;
  return intervalWords([low, high], say);
}
