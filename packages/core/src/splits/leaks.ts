import { queryKey } from '../query-key.ts';
import { shingles } from '../shingles.ts';
import { similarIndex } from '../similar-index.ts';

/** A validation query that training has seen, in the same or in nearly the same words. */
export interface Leak {
  validation: string;
  train: string;
  kind: 'same' | 'near';
}

/**
 * Validation queries that also stand in training: the same by {@link queryKey}, and, when a similarity is given, nearly
 * the same by word pairs (0.8 finds a changed word in ten).
 * @param near Jaccard similarity of word pairs from which two queries are nearly the same; only equal ones when absent
 */
export function findLeaks(train: readonly string[], validation: readonly string[], near?: number): Leak[] {
  const trained = new Map(train.map((query) => [queryKey(query), query]));
  const validated = new Map(validation.map((query) => [queryKey(query), query]));
  const same = [...validated].flatMap(([key, query]): Leak[] => {
    const seen = trained.get(key);
    return seen === undefined ? [] : [{ validation: query, train: seen, kind: 'same' }];
  });
  if (near === undefined) return same;
  const fresh = [...validated].filter(([key]) => !trained.has(key)).map(([, query]) => query);
  return [...same, ...nearLeaks([...trained.values()], fresh, near)];
}

function nearLeaks(train: readonly string[], validation: readonly string[], threshold: number): Leak[] {
  const index = similarIndex<string>(train.length, threshold);
  for (const query of train) index.add(shingles(query, 2), query);
  return validation.flatMap((query): Leak[] => {
    const seen = index.earliest(shingles(query, 2));
    return seen === undefined ? [] : [{ validation: query, train: seen, kind: 'near' }];
  });
}
