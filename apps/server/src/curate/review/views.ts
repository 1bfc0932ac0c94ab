import { AttuneError, type ReviewFilter, type ReviewOrder, type ReviewView } from '@attune/contracts';
import type { Selectable } from 'kysely';
import type { Tables } from '../../platform/db/tables.ts';
import { decodeId, toPage } from '../../platform/http/page.ts';
import { newId } from '../../platform/ids.ts';
import type { Reviewer, ReviewParts } from './review.ts';

type Row = Selectable<Tables['review_views']>;
type Parts = Pick<ReviewParts, 'db' | 'clock'>;

interface Given {
  readonly name: string;
  readonly filter: ReviewFilter;
  readonly order: ReviewOrder;
  readonly shared: boolean;
}

/** Views of one's own and shared ones. @throws AttuneError `invalid_cursor` */
export async function viewPage(
  { db }: Parts,
  reviewer: Reviewer,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<{ items: ReviewView[]; next_cursor: string | null }> {
  const after = cursor === undefined ? null : decodeId(cursor);
  const rows = await db
    .selectFrom('review_views')
    .selectAll()
    .where('organization', '=', reviewer.organization)
    .where((eb) => eb.or([eb('owner', '=', reviewer.principal), eb('shared', '=', true)]))
    .$if(after !== null, (query) => query.where('id', '>', after ?? ''))
    .orderBy('id')
    .limit(limit + 1)
    .execute();
  return toPage(
    rows,
    limit,
    (row) => [row.id],
    (row) => toView(row, reviewer),
  );
}

export async function saveView(parts: Parts, reviewer: Reviewer, given: Given): Promise<ReviewView> {
  const now = parts.clock.now();
  const row = await parts.db
    .insertInto('review_views')
    .values({
      id: newId(),
      organization: reviewer.organization,
      owner: reviewer.principal,
      name: given.name,
      filter: JSON.stringify(given.filter),
      sort: given.order,
      shared: given.shared,
      created_at: now,
      updated_at: now,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return toView(row, reviewer);
}

/** @throws AttuneError `view_not_found`, also for somebody else's */
export async function changeView(
  { db, clock }: Parts,
  reviewer: Reviewer,
  id: string,
  { name, filter, order, shared }: { [Field in keyof Given]?: Given[Field] | undefined },
): Promise<ReviewView> {
  const row = await db
    .updateTable('review_views')
    .set({
      ...(name === undefined ? {} : { name }),
      ...(filter === undefined ? {} : { filter: JSON.stringify(filter) }),
      ...(order === undefined ? {} : { sort: order }),
      ...(shared === undefined ? {} : { shared }),
      updated_at: clock.now(),
    })
    .where('id', '=', id)
    .where('organization', '=', reviewer.organization)
    .where('owner', '=', reviewer.principal)
    .returningAll()
    .executeTakeFirst();
  if (row === undefined) throw new AttuneError('view_not_found', { param: 'id' });
  return toView(row, reviewer);
}

/** @throws AttuneError `view_not_found`, also for somebody else's */
export async function removeView({ db }: Parts, reviewer: Reviewer, id: string): Promise<{ ok: true }> {
  const { numDeletedRows } = await db
    .deleteFrom('review_views')
    .where('id', '=', id)
    .where('organization', '=', reviewer.organization)
    .where('owner', '=', reviewer.principal)
    .executeTakeFirst();
  if (numDeletedRows === 0n) throw new AttuneError('view_not_found', { param: 'id' });
  return { ok: true };
}

function toView(
  { id, name, filter, sort, shared, owner, created_at, updated_at }: Row,
  { principal }: Reviewer,
): ReviewView {
  return {
    id,
    name,
    filter,
    order: sort,
    shared,
    mine: owner === principal,
    created_at: created_at.toISOString(),
    updated_at: updated_at.toISOString(),
  };
}
