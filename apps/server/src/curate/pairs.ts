import {
  AttuneError,
  type createPair,
  type listPairs,
  type Pair,
  type RequestOf,
  type updatePair,
} from '@attune/contracts';
import { decodeCursor, toPage } from '../platform/http/page.ts';
import { isId, newId } from '../platform/ids.ts';
import type { Actor, Curate } from './curate.ts';
import {
  changeFreePair,
  deleteFreePair,
  insertPairs,
  listPairRows,
  type PairRow,
  pairById,
} from './pair-store.ts';

/** A pair as callers see it. */
export function toPair(row: PairRow): Pair {
  return { ...row, created_at: row.created_at.toISOString() };
}

/** Writes a pair by hand. */
export async function writePair(
  { db, clock }: Curate,
  actor: Actor,
  input: RequestOf<typeof createPair>['body'],
): Promise<Pair> {
  const row = {
    id: newId(),
    dataset_id: null,
    query: input.query,
    chosen_response: input.chosen_response,
    rejected_response: input.rejected_response,
    preference_strength: input.preference_strength,
    annotator_email: actor.email,
    annotation_notes: input.annotation_notes ?? null,
    method: 'manual' as const,
    source_feedback_ids: [],
    created_at: clock.now(),
  };
  await insertPairs(db, [{ ...row, organization: actor.organization, import_key: null }]);
  return toPair(row);
}

/** A page of pairs, newest first. */
export async function pairPage(
  { db }: Curate,
  organization: string,
  query: RequestOf<typeof listPairs>['query'],
) {
  const rows = await listPairRows(db, {
    organization,
    datasetId: query.dataset_id,
    method: query.method,
    before: cursorId(query.cursor),
    limit: query.limit + 1,
  });
  return toPage(rows, query.limit, (row) => [row.id], toPair);
}

/**
 * Reads the id that a cursor of one id carries.
 * @throws AttuneError `invalid_cursor`
 */
export function cursorId(cursor: string | undefined): string | null {
  if (cursor === undefined) return null;
  const [id = ''] = decodeCursor(cursor, 1);
  if (!isId(id)) throw new AttuneError('invalid_cursor');
  return id;
}

/**
 * Changes a pair that is in no data set.
 * @throws AttuneError `pair_not_found`, `dataset_frozen`, or `invalid_request` when both texts would be the same
 */
export async function changePair(
  { db }: Curate,
  organization: string,
  id: string,
  change: RequestOf<typeof updatePair>['body'],
): Promise<Pair> {
  const pair = await freePair(db, organization, id);
  const { chosen_response: chosen = pair.chosen_response } = change;
  const { rejected_response: rejected = pair.rejected_response } = change;
  if (chosen === rejected) {
    throw new AttuneError('invalid_request', {
      param: 'rejected_response',
      message: 'chosen_response and rejected_response are the same text.',
    });
  }
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
  if (Object.keys(given).length === 0) return toPair(pair);
  const row = await changeFreePair(db, organization, id, given);
  if (row === null) throw new AttuneError('dataset_frozen');
  return toPair(row);
}

/**
 * Deletes a pair that is in no data set.
 * @throws AttuneError `pair_not_found` or `dataset_frozen`
 */
export async function removePair({ db }: Curate, organization: string, id: string): Promise<{ ok: true }> {
  await freePair(db, organization, id);
  if (!(await deleteFreePair(db, organization, id))) throw new AttuneError('dataset_frozen');
  return { ok: true };
}

/** Pairs join a data set when it is frozen, never before. */
async function freePair(db: Curate['db'], organization: string, id: string): Promise<PairRow> {
  const pair = await pairById(db, organization, id);
  if (pair === null) throw new AttuneError('pair_not_found');
  if (pair.dataset_id !== null) throw new AttuneError('dataset_frozen');
  return pair;
}
