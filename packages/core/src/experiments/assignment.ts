import { murmur3 } from '../hash.ts';

/** An arm of an experiment or ramp and its weight; weights need not sum to 1. */
export interface Arm {
  name: string;
  weight: number;
}

/**
 * Where a unit (a user or session) stands on [0, 1) for one salt (an experiment or ramp): the same on every replica
 * and at every time, uniform over units, independent between salts. MurmurHash3 of the unit, seeded by that of the
 * salt.
 */
export function position(unit: string, salt: string): number {
  return murmur3(unit, murmur3(salt)) / 2 ** 32;
}

/**
 * Whether a unit is among the first `share` of traffic, 0–1. Growing the share only adds units, so nobody who has the
 * new model loses it on the way from 10 to 100 %.
 */
export function inShare(unit: string, salt: string, share: number): boolean {
  return position(unit, salt) < share;
}

/**
 * The arm of a unit, in proportion to the weights. The arms fill [0, 1) in the given order: while the first arm grows
 * at the cost of the second, nobody leaves the first.
 * @throws RangeError without a positive total weight or with a negative one
 */
export function assign(unit: string, salt: string, arms: readonly Arm[]): string {
  const total = arms.reduce((sum, { weight }) => sum + weight, 0);
  if (!(total > 0 && total < Infinity) || arms.some(({ weight }) => weight < 0)) {
    throw new RangeError('weights are at least 0 and one of them is above');
  }
  let left = position(unit, salt) * total;
  for (const { name, weight } of arms) {
    left -= weight;
    if (left < 0) return name;
  }
  // Rounding can leave a sliver beyond the last arm.
  return arms.findLast(({ weight }) => weight > 0)!.name;
}
