/** Days that the dashboard can look back. */
export const periods = [7, 28, 90] as const;
export type Days = (typeof periods)[number];

/** What the address of the dashboard says. */
export interface DashboardSearch {
  readonly days?: Days;
}

/** Reads the address; what it does not know is left out. */
export function dashboardSearch(search: Record<string, unknown>): DashboardSearch {
  const days = periods.find((period) => String(period) === String(search.days));
  return days === undefined ? {} : { days };
}
