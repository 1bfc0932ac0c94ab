import type { SeriesUnit } from '@attune/contracts';
import type { Formats } from '../../text/formats.ts';

/** A value in its unit: `84 %`, `4.31`, `1.3 s`. */
export function valueWords(unit: SeriesUnit, value: number, formats: Formats): string {
  switch (unit) {
    case 'count':
      return formats.count(Math.round(value));
    case 'share':
      return formats.percent(value);
    case 'milliseconds':
      return formats.duration(value);
    case 'seconds':
      return formats.duration(value * 1000);
    case 'tokens':
      return formats.figure(Math.round(value));
    default:
      return formats.decimal(value, 2);
  }
}

interface Interval {
  readonly value: number | null;
  readonly ci: readonly [number | null, number | null];
}

/** `81 % – 87 %`; a dash where a side is unbounded, nothing where there is no interval. */
export function intervalWords(unit: SeriesUnit, { ci: [low, high] }: Interval, formats: Formats): string {
  if (low === null && high === null) return '';
  const words = (end: number | null) => (end === null ? '–' : valueWords(unit, end, formats));
  return `${words(low)} – ${words(high)}`;
}
