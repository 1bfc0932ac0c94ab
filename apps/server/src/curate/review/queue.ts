import {
  AttuneError,
  type Count,
  type ReviewFilter,
  type ReviewItem,
  type ReviewOrder,
} from '@attune/contracts';
import { decodeCursor, encodeCursor, toPage } from '../../platform/http/page.ts';
import type { Near } from './conditions.ts';
import { toItems } from './items.ts';
import { positionOf } from './order.ts';
import type { Reviewer, ReviewParts } from './review.ts';
import { countShown, findItems, select } from './select.ts';
import { semanticIndex } from './semantic-search.ts';

interface Asked {
  readonly filter: ReviewFilter;
  readonly order: ReviewOrder;
  readonly limit: number;
  readonly cursor: string | undefined;
}

interface QueuePage {
  readonly items: ReviewItem[];
  readonly next_cursor: string | null;
  readonly count: Count | null;
  readonly semantic_index: { indexed: number; total: number } | null;
}

/** A page of the queue. @throws AttuneError `invalid_cursor`, `scoring_unavailable`, `overloaded` */
export async function queuePage(parts: ReviewParts, reviewer: Reviewer, asked: Asked): Promise<QueuePage> {
  const { db } = parts;
  const { filter, order, limit, cursor } = asked;
  const isSemantic = filter.semantic !== undefined;
  const after = cursor === undefined || isSemantic ? null : positionOf(order, cursor);
  const start = cursor !== undefined && isSemantic ? placeOf(cursor) : 0;
  const selection = await select(parts, reviewer, filter);
  const page =
    selection.near === null
      ? toPage(
          await findItems(db, selection, order, { after, limit: limit + 1 }),
          limit,
          ({ key, id }) => [order, key, id],
          ({ id }) => id,
        )
      : pageOfNear(selection.near, start, limit);
  return {
    items: await toItems(parts, reviewer, page.items),
    next_cursor: page.next_cursor,
    count: cursor === undefined ? await countShown(db, selection) : null,
    semantic_index: isSemantic ? await semanticIndex(db, reviewer.organization) : null,
  };
}

/** Hits of a semantic search are few and have no order in the database: their place is the cursor. */
function pageOfNear(near: readonly Near[], start: number, limit: number) {
  const end = start + limit;
  return {
    items: near.slice(start, end).map(({ id }) => id),
    next_cursor: near.length > end ? encodeCursor(['nearest', end]) : null,
  };
}

function placeOf(cursor: string): number {
  const [name, place] = decodeCursor(cursor, 2);
  const start = Number(place);
  if (name !== 'nearest' || !Number.isSafeInteger(start) || start < 0)
    throw new AttuneError('invalid_cursor');
  return start;
}
