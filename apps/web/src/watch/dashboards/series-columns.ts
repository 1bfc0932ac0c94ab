import type { Series } from '@attune/contracts';

/** A series as a chart takes it: one axis of times, and for each line its values and the ends of its intervals. */
export interface SeriesColumns {
  /** Seconds since 1970, one for every step of the range. */
  readonly times: readonly number[];
  readonly lines: readonly {
    readonly values: readonly (number | null)[];
    readonly lows: readonly (number | null)[];
    readonly highs: readonly (number | null)[];
  }[];
}

const seconds = { hour: 3600, day: 86_400, week: 604_800 } as const;

/** The steps of a range; of counts a step without anything is a 0, of all else a gap. */
export function seriesColumns({ from, to, step, unit, lines }: Series): SeriesColumns {
  const [first, end] = [Date.parse(from) / 1000, Date.parse(to) / 1000];
  const length = seconds[step];
  const times = Array.from({ length: Math.round((end - first) / length) }, (_, k) => first + k * length);
  const nothing = unit === 'count' ? 0 : null;
  return {
    times,
    lines: lines.map(({ points }) => {
      const known = new Map(points.map((point) => [Date.parse(point.at) / 1000, point]));
      return {
        values: times.map((time) => known.get(time)?.value ?? nothing),
        lows: times.map((time) => known.get(time)?.ci[0] ?? null),
        highs: times.map((time) => known.get(time)?.ci[1] ?? null),
      };
    }),
  };
}

/** The span of time that a point stands for. */
export function stepOf({ step }: Series, at: string): { readonly after: string; readonly before: string } {
  return { after: at, before: new Date(Date.parse(at) + seconds[step] * 1000).toISOString() };
}
