import { SeriesGroup } from '@attune/contracts';

export const periods = ['24h', '7d', '30d', '90d', 'year', 'custom'] as const;
export type Period = (typeof periods)[number];

const DAY_MS = 86_400_000;
const days = { '24h': 1, '7d': 7, '30d': 30, '90d': 90, year: 365 } as const;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** What the address of the page of trends says. */
export interface TrendsSearch {
  readonly period?: Period;
  /** First and last day of a period of one's own, in UTC. */
  readonly from?: string;
  readonly to?: string;
  /** What is drawn as lines of its own. */
  readonly by?: SeriesGroup;
  /** Which answers count; '' for those without one. */
  readonly reward_model?: string;
  readonly policy?: string;
  readonly script?: string;
}

/** Reads the address; what it does not know is left out. */
export function trendsSearch(search: Record<string, unknown>): TrendsSearch {
  const period = periods.find((name) => name === search.period);
  const by = SeriesGroup.options.find((name) => name === search.by);
  const dayOf = (value: unknown) =>
    typeof value === 'string' && DAY.test(value) && !Number.isNaN(Date.parse(value)) ? value : undefined;
  const [from, to] = [dayOf(search.from), dayOf(search.to)];
  return {
    ...(period && { period }),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...(by && { by }),
    ...chosenSegments(search),
  };
}

/** The segments that an address or a search chooses. */
export function chosenSegments(
  search: Record<string, unknown>,
): Pick<TrendsSearch, 'reward_model' | 'policy' | 'script'> {
  return Object.fromEntries(
    SeriesGroup.options.flatMap((name) => {
      const value = search[name];
      return typeof value === 'string' && value.length <= 500 ? [[name, value]] : [];
    }),
  );
}

/** The span of time that a search means; an end before its beginning is taken for the same day. */
export function spanOf(search: TrendsSearch, now: Date): { readonly from: string; readonly to: string } {
  const period = search.period ?? '30d';
  if (period !== 'custom') {
    return { from: new Date(now.getTime() - days[period] * DAY_MS).toISOString(), to: now.toISOString() };
  }
  const today = now.toISOString().slice(0, 10);
  const last = search.to ?? today;
  const first = search.from === undefined || search.from > last ? last : search.from;
  const end = new Date(Date.parse(last) + DAY_MS);
  return { from: new Date(first).toISOString(), to: end.toISOString() };
}
