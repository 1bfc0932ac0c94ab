import type { DatasetStatus, DatasetType } from '@attune/contracts';

export const types = [
  'reward',
  'preference_pairs',
  'dpo',
  'kto',
  'instruction_tuning',
  'step',
] as const satisfies DatasetType[];
export const statuses = [
  'draft',
  'curating',
  'ready',
  'exported',
  'archived',
] as const satisfies DatasetStatus[];
export const tabs = ['report', 'export', 'card', 'versions', 'lineage'] as const;

/** What the address of the list of data sets says. */
export interface DatasetSearch {
  /** Part of the name. */
  readonly q?: string;
  readonly type?: (typeof types)[number];
  readonly status?: (typeof statuses)[number];
}

/** Reads the address; what is no filter is left out. */
export function datasetSearch(search: Record<string, unknown>): DatasetSearch {
  const words = typeof search.q === 'string' || typeof search.q === 'number' ? String(search.q).trim() : '';
  const type = types.find((one) => one === search.type);
  const status = statuses.find((one) => one === search.status);
  return {
    ...(words !== '' && { q: words.slice(0, 300) }),
    ...(type && { type }),
    ...(status && { status }),
  };
}

/** The same as the server's filters; the archive is shown only to who asks for it. */
export function filterOf({ q, type, status }: DatasetSearch) {
  return {
    ...(q !== undefined && { q }),
    ...(type && { dataset_type: type }),
    ...(status ? { status } : { archived: 'false' as const }),
  };
}

/** What the address of one data set says. */
export interface DatasetView {
  readonly tab?: (typeof tabs)[number];
  /** Version that it is compared with. */
  readonly against?: string;
}

export function datasetView(search: Record<string, unknown>): DatasetView {
  const tab = tabs.find((one) => one === search.tab);
  const against = typeof search.against === 'string' ? search.against : undefined;
  return { ...(tab && { tab }), ...(against !== undefined && { against }) };
}
