import type { Item, ItemSet } from '../train/items.ts';
import { pairTargets } from '../train/targets.ts';

/** An answer with its reward. */
export interface ScoredAnswer {
  /** Answers to one query share it. */
  group: number;
  reward: number;
  words: number;
  /** Mean rating, 1–5, where there is one. */
  rating?: number;
}

/** A comparison: how much more reward and how many more words the preferred answer has. */
export interface ScoredPair {
  group: number;
  margin: number;
  lengthMargin: number;
}

/** Everything that can be measured. */
export interface ScoredSet {
  answers: ScoredAnswer[];
  pairs: ScoredPair[];
}

/** Joins items and their rewards (in the order of the items). The seed draws pairs where a query has very many. */
export function scoredSet(set: ItemSet, rewards: ArrayLike<number>, seed: number): ScoredSet {
  const words = set.items.map(({ response }) => wordCount(response));
  return {
    answers: set.items.map((item, row) => ({
      group: item.group,
      reward: rewards[row]!,
      words: words[row]!,
      ...meanRating(item),
    })),
    pairs: pairTargets(set, 'overall', seed).map(({ better, worse }) => ({
      group: set.items[better]!.group,
      margin: rewards[better]! - rewards[worse]!,
      lengthMargin: words[better]! - words[worse]!,
    })),
  };
}

function meanRating({ ratings: { overall } }: Item): { rating: number } | Record<string, never> {
  return overall === undefined ? {} : { rating: overall.stars / overall.weight };
}

function wordCount(text: string): number {
  return text.match(/\S+/g)?.length ?? 0;
}
