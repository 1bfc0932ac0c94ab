import type { JobStatus } from '@attune/contracts';

export const statuses = [
  'pending',
  'validating',
  'training',
  'completed',
  'failed',
  'cancelled',
  'lost',
] as const satisfies JobStatus[];

export const jobTabs = ['curves', 'samples', 'settings', 'files', 'result', 'log'] as const;
export type JobTab = (typeof jobTabs)[number];

/** What the address of the list of runs says. */
export interface TrainingSearch {
  readonly status?: JobStatus;
}

/** Reads the address; what is no status is left out. */
export function trainingSearch(search: Record<string, unknown>): TrainingSearch {
  const status = statuses.find((one) => one === search.status);
  return status === undefined ? {} : { status };
}

/** What the address of one run says: its tab, and the run that it is compared with. */
export interface JobSearch {
  readonly tab?: JobTab;
  readonly against?: string;
}

export function jobSearch(search: Record<string, unknown>): JobSearch {
  const tab = jobTabs.find((one) => one === search.tab);
  const against = typeof search.against === 'string' && search.against !== '' ? search.against : undefined;
  return { ...(tab && { tab }), ...(against !== undefined && { against }) };
}

/** What the address of a new run says: the run whose settings it starts with. */
export interface NewJobSearch {
  readonly from?: string;
}

export function newJobSearch(search: Record<string, unknown>): NewJobSearch {
  return typeof search.from === 'string' ? { from: search.from } : {};
}
