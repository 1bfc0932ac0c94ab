import type { ReviewFilter } from '@attune/contracts';
import type { Selection } from './conditions.ts';
import { meeting } from './hits.ts';
import { heldBy } from './reservation-store.ts';
import type { Reviewer, ReviewParts } from './review.ts';
import { nearest } from './semantic-search.ts';
import { searchTag } from './tag-search.ts';
import { searchWords } from './word-search.ts';

/** Looks up what a filter needs before it can be asked. @throws AttuneError `scoring_unavailable`, `overloaded` */
export async function select(
  parts: ReviewParts,
  reviewer: Reviewer,
  filter: ReviewFilter,
  until: Date | null = null,
): Promise<Selection> {
  const { db, clock } = parts;
  const { organization } = reviewer;
  const words = filter.q === undefined ? [] : [await searchWords(db, organization, filter.q)];
  const tag = filter.tag === undefined ? [] : [await searchTag(db, organization, filter.tag)];
  const held = filter.mine === undefined ? [] : await heldBy(db, reviewer, clock.now());
  const hits = await meeting(db, [...words, ...tag]);
  const selection = { reviewer, filter, held, hits, near: null, until };
  if (filter.semantic === undefined) return selection;
  return { ...selection, near: await nearest(parts, filter.semantic, selection) };
}
