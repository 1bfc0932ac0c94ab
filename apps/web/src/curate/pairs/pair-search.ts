import type { PairMethod } from '@attune/contracts';

export const methods = [
  'manual',
  'judged',
  'comparison',
  'correction',
  'direct',
  'absolute',
  'multi_aspect',
  'import',
] as const satisfies PairMethod[];
export const places = ['free', 'used'] as const;
export const strengths = ['weak', 'clear'] as const;

/** What the address of the list of pairs says; what is left out does not narrow it. */
export interface PairSearch {
  /** Words in the pair. */
  readonly q?: string;
  readonly method?: (typeof methods)[number];
  /** In no data set yet, or in one. */
  readonly place?: (typeof places)[number];
  readonly strength?: (typeof strengths)[number];
  readonly annotator?: string;
  readonly dataset?: string;
}

/** Words of the address; the router reads digits as a number. */
function wordsIn(value: unknown): string | undefined {
  const words = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
  return words === '' ? undefined : words.slice(0, 300);
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Reads the address; what is no filter is left out. */
export function pairSearch(search: Record<string, unknown>): PairSearch {
  const q = wordsIn(search.q);
  const annotator = wordsIn(search.annotator);
  const dataset = wordsIn(search.dataset);
  const method = methods.find((one) => one === search.method);
  const place = places.find((one) => one === search.place);
  const strength = strengths.find((one) => one === search.strength);
  return {
    ...(q !== undefined && { q }),
    ...(method && { method }),
    ...(place && { place }),
    ...(strength && { strength }),
    ...(annotator !== undefined && { annotator }),
    ...(dataset !== undefined && UUID.test(dataset) && { dataset }),
  };
}

const free = { free: 'true', used: 'false' } as const;
const bounds = { weak: { max_strength: 0.5 }, clear: { min_strength: 0.75 } };

/** The same as the server's filters. */
export function filterOf({ q, method, place, strength, annotator, dataset }: PairSearch) {
  return {
    ...(q !== undefined && { q }),
    ...(method && { method }),
    ...(place && { free: free[place] }),
    ...(strength && bounds[strength]),
    ...(annotator !== undefined && { annotator }),
    ...(dataset !== undefined && { dataset_id: dataset }),
  };
}
