import { seededRandom, shuffled } from '@attune/core';
import type { PairTarget, PointTarget } from '../solve/logistic-regression.ts';
import type { HeadName, Item, ItemPair, ItemSet } from './items.ts';

/** Ratings of 1 to 5 differ by at most this. */
const RATING_RANGE = 4;
/** Answers to one query are compared with at most this many others, so that pairs grow in line with ratings. */
const PARTNERS = 16;

/** Goodness of an item under a head on 0–1, and how much it counts; undefined where nobody said anything. */
export function goodness(item: Item, head: HeadName): { target: number; weight: number } | undefined {
  const ratings = item.ratings[head];
  if (ratings !== undefined)
    return { target: (ratings.stars / ratings.weight - 1) / RATING_RANGE, weight: ratings.weight };
  const votes = item.won + item.lost;
  return head === 'overall' && votes > 0 ? { target: item.won / votes, weight: votes } : undefined;
}

/**
 * Pointwise targets: the mean rating on 0–1 as a soft label, which keeps more of a rating than a threshold would; for
 * answers known from comparisons only, the share of comparisons won.
 */
export function pointTargets(items: readonly Item[], head: HeadName): PointTarget[] {
  return items.flatMap((item, row) => {
    const good = goodness(item, head);
    return good === undefined ? [] : [{ row, ...good }];
  });
}

/**
 * Pairwise targets within each query: explicit comparisons by their strength, and every two answers whose mean
 * ratings differ, by the share of the range that they differ.
 */
export function pairTargets({ items, comparisons }: ItemSet, head: HeadName, seed: number): PairTarget[] {
  const explicit = head === 'overall' ? comparisons : [];
  return [...explicit, ...ratingPairs(items, head, seed)].map(({ better, worse, strength }) => ({
    better,
    worse,
    weight: strength,
  }));
}

function ratingPairs(items: readonly Item[], head: HeadName, seed: number): ItemPair[] {
  const rated = items.flatMap((item, index) => (item.ratings[head] === undefined ? [] : [index]));
  const random = seededRandom(seed);
  return [...Map.groupBy(rated, (index) => items[index]!.group).values()].flatMap((members) =>
    partners(members, random).flatMap(([a, b]) => {
      const difference = goodness(items[a]!, head)!.target - goodness(items[b]!, head)!.target;
      if (difference === 0) return [];
      return [
        { better: difference > 0 ? a : b, worse: difference > 0 ? b : a, strength: Math.abs(difference) },
      ];
    }),
  );
}

/** All pairs of a small group; of a large one each member with the next few in random order, round the circle. */
function partners(members: number[], random: () => number): [number, number][] {
  if (members.length <= 2 * PARTNERS)
    return members.flatMap((a, i) => members.slice(i + 1).map((b): [number, number] => [a, b]));
  const order = shuffled(members, random);
  return order.flatMap((a, i) =>
    Array.from({ length: PARTNERS / 2 }, (_, k): [number, number] => [a, order[(i + k + 1) % order.length]!]),
  );
}
