import { murmur3, seededRandom, shuffled } from '@attune/core';

/**
 * The order in which a judge is shown the responses of an item: place of the response at each position. Random over
 * judges and items, and always the same for one judge and item, so that asking again tells nothing.
 */
export function shownOrder(item: string, judge: string, responses: number): number[] {
  const places = Array.from({ length: responses }, (_, place) => place);
  return shuffled(places, seededRandom(murmur3(judge, murmur3(item))));
}
