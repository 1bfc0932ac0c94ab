import { seededRandom, shuffled } from '@attune/core';

/**
 * Assigns each row to one of `folds` folds so that a group never crosses, by seeded shuffling of the groups.
 * With fewer groups than folds there are as many folds as groups; with one group its rows are dealt out one by one.
 *
 * @param groups group of each row
 * @returns fold of each row, 0 … folds − 1
 */
export function foldsByGroup(groups: readonly number[], folds: number, seed: number): number[] {
  const distinct = [...new Set(groups)];
  const units = distinct.length > 1 ? groups : groups.map((_, row) => row);
  const order = shuffled([...new Set(units)], seededRandom(seed));
  const foldOf = new Map(order.map((unit, position) => [unit, position % Math.min(folds, order.length)]));
  return units.map((unit) => foldOf.get(unit)!);
}
