import { seededRandom, shuffled } from '../random.ts';

/**
 * Deals rows into k folds so that rows of one group share a fold and folds are about equally large: groups in random
 * order, large ones first, each to the smallest fold.
 * @param keys the group of each row, for example its query key
 * @returns the fold of each row, 0 to k − 1
 * @throws RangeError with fewer than k groups or k below 2
 */
export function kFoldByGroup(keys: readonly string[], k: number, seed: number): number[] {
  const sizes = new Map<string, number>();
  for (const key of keys) sizes.set(key, (sizes.get(key) ?? 0) + 1);
  if (k < 2 || sizes.size < k) throw new RangeError(`${sizes.size} groups for ${k} folds`);
  const order = shuffled([...sizes], seededRandom(seed)).sort(([, a], [, b]) => b - a);
  const totals = new Array<number>(k).fill(0);
  const foldOf = new Map<string, number>();
  for (const [key, size] of order) {
    const fold = totals.indexOf(Math.min(...totals));
    totals[fold]! += size;
    foldOf.set(key, fold);
  }
  return keys.map((key) => foldOf.get(key)!);
}
