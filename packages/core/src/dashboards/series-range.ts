import type { SeriesStep } from '@attune/contracts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const lengths: Readonly<Record<SeriesStep, number>> = { hour: HOUR_MS, day: DAY_MS, week: 7 * DAY_MS };
const steps = ['hour', 'day', 'week'] as const;

const MOST_POINTS = 800;
/** What a picture shows well. */
const GOOD_POINTS = 120;

/** A span of time in whole steps, in UTC; weeks begin on Monday. */
export interface SeriesRange {
  readonly from: Date;
  /** Not part of it. */
  readonly to: Date;
  readonly step: SeriesStep;
}

/** The range widened to whole steps: those asked for where they are not too many, else the finest that show well. */
export function seriesRange(from: Date, to: Date, wanted: SeriesStep | 'auto'): SeriesRange {
  const length = to.getTime() - from.getTime();
  const most = wanted === 'auto' ? GOOD_POINTS : MOST_POINTS;
  const allowed = wanted === 'auto' ? steps : steps.slice(steps.indexOf(wanted));
  const step = allowed.find((one) => length / lengths[one] <= most) ?? 'week';
  return { from: stepBegin(from, step), to: stepEnd(to, step), step };
}

/** As long a span of time just before. */
export function rangeBefore({ from, to, step }: SeriesRange): SeriesRange {
  return { from: new Date(2 * from.getTime() - to.getTime()), to: from, step };
}

/** The first moment of the step that a moment lies in. */
function stepBegin(moment: Date, step: SeriesStep): Date {
  const length = lengths[step];
  // 1970 began on a Thursday.
  const origin = step === 'week' ? 4 * DAY_MS : 0;
  return new Date(Math.floor((moment.getTime() - origin) / length) * length + origin);
}

function stepEnd(moment: Date, step: SeriesStep): Date {
  const begin = stepBegin(moment, step);
  return begin.getTime() === moment.getTime() ? begin : new Date(begin.getTime() + lengths[step]);
}
