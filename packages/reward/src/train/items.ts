import { type Asked, queryKey, questionKey } from '@attune/core';
import { DIMENSIONS, type Dimension, type TrainingSamples } from './samples.ts';

/** What a model has one weight vector for: the overall rating, or one rated dimension. */
export type HeadName = 'overall' | Dimension;

/** Ratings of one answer under one head, summed by weight. */
export interface RatingSum {
  stars: number;
  /** Weight of the ratings of 4 and 5. */
  good: number;
  weight: number;
}

/** One answer to one query with everything people said about it. */
export interface Item {
  query: string;
  response: string;
  /** Answers to the same query after the same turns share it; 0, 1, 2 … in order of appearance. */
  group: number;
  ratings: Partial<Record<HeadName, RatingSum>>;
  /** Weight of the comparisons won and lost. */
  won: number;
  lost: number;
}

/** One comparison of two items by index. */
export interface ItemPair {
  better: number;
  worse: number;
  strength: number;
}

/** Samples by answer. */
export interface ItemSet {
  items: Item[];
  comparisons: ItemPair[];
  /** Rated samples and compared pairs that went in. */
  ratings: number;
  pairs: number;
}

/**
 * Gathers samples by answer. Queries with the same key (case, white space, punctuation) are one, where what was said
 * before them has the same key too.
 */
export function gatherItems({ ratings = [], pairs = [] }: TrainingSamples): ItemSet {
  const register = itemRegister();
  for (const { response, rating, dimensions = {}, weight = 1, ...asked } of ratings) {
    const item = register.items[register.indexOf(asked, response)]!;
    addRating(item, 'overall', rating, weight);
    for (const dimension of DIMENSIONS) {
      const stars = dimensions[dimension];
      if (stars !== undefined) addRating(item, dimension, stars, weight);
    }
  }
  const comparisons = pairs.flatMap(({ chosen, rejected, strength = 1, ...asked }) => {
    if (chosen === rejected || strength === 0) return [];
    const [better, worse] = [register.indexOf(asked, chosen), register.indexOf(asked, rejected)];
    register.items[better]!.won += strength;
    register.items[worse]!.lost += strength;
    return [{ better, worse, strength }];
  });
  return { items: register.items, comparisons, ratings: ratings.length, pairs: pairs.length };
}

/** The query of each item as a number: what folds are dealt by, so that no wording of a query is on both sides. */
export function queryNumbers(items: readonly Item[]): number[] {
  const numbers = new Map<string, number>();
  return items.map(({ query }) => {
    const key = queryKey(query);
    const number = numbers.get(key) ?? numbers.size;
    numbers.set(key, number);
    return number;
  });
}

function itemRegister() {
  const items: Item[] = [];
  const byKey = new Map<string, Map<string, number>>();
  const indexOf = (asked: Asked, response: string): number => {
    const { query } = asked;
    const key = questionKey(asked);
    let answers = byKey.get(key);
    if (answers === undefined) {
      answers = new Map();
      byKey.set(key, answers);
    }
    const known = answers.get(response);
    if (known !== undefined) return known;
    const group = answers.size === 0 ? byKey.size - 1 : items[answers.values().next().value!]!.group;
    answers.set(response, items.length);
    return items.push({ query, response, group, ratings: {}, won: 0, lost: 0 }) - 1;
  };
  return { items, indexOf };
}

function addRating(item: Item, head: HeadName, stars: number, weight: number): void {
  const sum = item.ratings[head] ?? { stars: 0, good: 0, weight: 0 };
  sum.stars += stars * weight;
  sum.good += stars >= 4 ? weight : 0;
  sum.weight += weight;
  item.ratings[head] = sum;
}
