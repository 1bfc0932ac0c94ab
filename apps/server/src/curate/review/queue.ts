import {
  AttuneError,
  type Count,
  type ReviewFilter,
  type ReviewItem,
  type ReviewOrder,
} from '@attune/contracts';
import { decodeCursor, encodeCursor, toPage } from '../../platform/http/page.ts';
import type { Near, Selection } from './conditions.ts';
import { countShown } from './count-items.ts';
import { findAndCount, findItems } from './find-items.ts';
import { toItems } from './items.ts';
import { type Position, positionOf } from './order.ts';
import type { Reviewer, ReviewParts, Sql } from './review.ts';
import { select } from './select.ts';
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
  const [{ page, total }, semantic_index] = await Promise.all([
    selection.near === null
      ? pageInOrder(db, selection, { order, limit, after })
      : { page: pageOfNear(selection.near, start, limit), total: undefined },
    isSemantic ? semanticIndex(db, reviewer.organization) : null,
  ]);
  const counted = async () => (cursor === undefined ? (total ?? countShown(db, selection)) : null);
  const [items, count] = await Promise.all([toItems(parts, reviewer, page.items), counted()]);
  return { items, next_cursor: page.next_cursor, count, semantic_index };
}

/** A page, with the number of all items where that comes with the first one. */
async function pageInOrder(
  db: Sql,
  selection: Selection,
  { order, limit, after }: { order: ReviewOrder; limit: number; after: Position | null },
) {
  const both = after === null ? await findAndCount(db, selection, order, limit + 1) : null;
  const found = both?.items ?? (await findItems(db, selection, order, { after, limit: limit + 1 }));
  const page = toPage(
    found,
    limit,
    ({ key, id }) => [order, key, id],
    ({ id }) => id,
  );
  // A first page that is not full is all there is.
  const total = both?.total ?? (after === null && found.length <= limit ? found.length : undefined);
  return { page, total: total === undefined ? undefined : { value: total, exact: true } };
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
