import {
  AttuneError,
  type getJudgingItem,
  type JudgedItem,
  type JudgingItem,
  type JudgingVote,
  type listDisagreements,
  type listJudgingItems,
  type RequestOf,
  type ResponseOf,
} from '@attune/contracts';
import { decodeCursor, decodeId, toPage } from '../../platform/http/page.ts';
import { isId } from '../../platform/ids.ts';
import { endOwnUndo, itemsStillBlind, type Viewer } from './blind-items.ts';
import { deleteUnjudged, itemById, listDisagreeing, listItems } from './item-store.ts';
import { judgeNames } from './judges.ts';
import type { Db, Judging } from './judging.ts';
import { findProject } from './projects.ts';
import { ownKey, ownKeysAsShown } from './response-keys.ts';
import { type ItemRow, type VoteRow, votesOn } from './vote-store.ts';

/** An item as curators see it. */
export function toItem(row: ItemRow): JudgingItem {
  const { id, kind, query, context, known, votes, wanted, skips, disagreement, adjudication } = row;
  return {
    id,
    kind,
    query,
    context,
    responses: row.responses.map((response, place) => ({ key: ownKey(place), ...response })),
    known,
    source: { kind: row.source_kind, id: row.source_id },
    votes,
    wanted,
    skips,
    disagreement,
    adjudication,
    created_at: row.created_at.toISOString(),
  };
}

function toVote(names: ReadonlyMap<string, string>, row: VoteRow): JudgingVote {
  return {
    id: row.id,
    judge: row.judge,
    name: names.get(row.judge) ?? row.judge,
    answers: row.answers,
    skip: row.skip,
    comment: row.comment,
    shown: ownKeysAsShown(row.shown),
    seconds: row.time_spent_ms === null ? null : row.time_spent_ms / 1000,
    judged_at: row.created_at.toISOString(),
  };
}

/** A page of a project's items. @throws AttuneError `judging_project_not_found` or `invalid_cursor` */
export async function itemPage(
  { db }: Judging,
  organization: string,
  id: string,
  { cursor, limit, kind, state }: RequestOf<typeof listJudgingItems>['query'],
) {
  const { id: project } = await findProject(db, organization, id);
  const before = cursor === undefined ? null : decodeId(cursor);
  const rows = await listItems(db, { project, kind, state, before, limit: limit + 1 });
  return toPage(rows, limit, (row) => [row.id], toItem);
}

/** @throws AttuneError `judging_item_not_found` */
export async function findItem(db: Db, organization: string, id: string): Promise<ItemRow> {
  const row = await itemById(db, organization, id);
  if (row === null) throw new AttuneError('judging_item_not_found');
  return row;
}

/** One item with the votes that a viewer may see. @throws AttuneError `judging_item_not_found` */
export async function showItem(
  { db }: Judging,
  viewer: Viewer,
  id: string,
): Promise<ResponseOf<typeof getJudgingItem>> {
  const row = await findItem(db, viewer.organization, id);
  const [item] = await withVotes(db, viewer, [row]);
  if (item === undefined) throw new AttuneError('judging_item_not_found');
  return { ...item, project_id: row.project_id };
}

/** Removes an item. @throws AttuneError `judging_item_not_found`, or `judging_project_fixed` when somebody has it */
export async function removeItem({ db, changed }: Judging, organization: string, id: string) {
  await findItem(db, organization, id);
  if (!(await deleteUnjudged(db, organization, id))) {
    throw new AttuneError('judging_project_fixed', {
      message: 'Somebody has judged this item or is about to.',
    });
  }
  changed(organization);
  return { ok: true } as const;
}

/**
 * A page of the items whose judges disagree, most first.
 * @throws AttuneError `judging_project_not_found` or `invalid_cursor`
 */
export async function disagreementPage(
  { db }: Judging,
  viewer: Viewer,
  id: string,
  { cursor, limit, adjudicated, minimum }: RequestOf<typeof listDisagreements>['query'],
): Promise<ResponseOf<typeof listDisagreements>> {
  const { id: project } = await findProject(db, viewer.organization, id);
  const after = cursor === undefined ? null : readCursor(cursor);
  const rows = await listDisagreeing(db, { project, adjudicated, minimum, after, limit: limit + 1 });
  const page = toPage(
    rows,
    limit,
    (row) => [row.disagreement ?? 0, row.id],
    (row) => row,
  );
  return { ...page, items: await withVotes(db, viewer, page.items) };
}

function readCursor(cursor: string) {
  const [disagreement = '', id = ''] = decodeCursor(cursor, 2);
  if (!isId(id) || disagreement === '' || !Number.isFinite(Number(disagreement))) {
    throw new AttuneError('invalid_cursor');
  }
  return { disagreement: Number(disagreement), id };
}

async function withVotes(db: Db, viewer: Viewer, rows: readonly ItemRow[]): Promise<JudgedItem[]> {
  const ids = rows.map(({ id }) => id);
  // First, so that nobody takes a vote back between being found to have judged and seeing what others said.
  await endOwnUndo(db, viewer, ids);
  const hidden = await itemsStillBlind(db, viewer, ids);
  const votes = await votesOn(
    db,
    ids.filter((id) => !hidden.has(id)),
  );
  const names = await judgeNames(
    db,
    viewer.organization,
    votes.map(({ judge }) => judge),
  );
  const byItem = Map.groupBy(votes, ({ item_id }) => item_id);
  return rows.map((row) => ({
    ...toItem(row),
    judgements: (byItem.get(row.id) ?? []).map((vote) => toVote(names, vote)),
    votes_hidden: hidden.has(row.id),
  }));
}
