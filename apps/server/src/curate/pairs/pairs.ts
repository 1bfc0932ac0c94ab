import { AttuneError, type createPair, type Pair, type RequestOf, type updatePair } from '@attune/contracts';
import { newId } from '../../platform/ids.ts';
import type { Actor, Curate } from '../curate.ts';
import { findFreePair, findPair } from './find-pair.ts';
import { keepRevision } from './pair-revisions.ts';
import { changeFreePair, deleteFreePair, insertPairs, type PairRow } from './pair-store.ts';
import { toPair } from './to-pair.ts';

type Change = RequestOf<typeof updatePair>['body'];

/** Writes a pair by hand. */
export async function writePair(
  curate: Curate,
  actor: Actor,
  input: RequestOf<typeof createPair>['body'],
): Promise<Pair> {
  const id = newId();
  const now = curate.clock.now();
  const row = {
    id,
    organization: actor.organization,
    dataset_id: null,
    ...input,
    context_documents: JSON.stringify(input.context_documents),
    annotation_notes: input.annotation_notes ?? null,
    annotator_email: actor.email,
    method: 'manual' as const,
    source_feedback_ids: [],
    import_key: null,
    created_at: now,
    updated_at: now,
  };
  await insertPairs(curate.db, [row]);
  return toPair(await findPair(curate, actor.organization, id));
}

/**
 * Changes a pair that is in no data set, and keeps what it said.
 * @throws AttuneError `pair_not_found`, `dataset_frozen`, `pair_changed` with the newer pair when another version was
 * meant, or `invalid_request` when both texts would be the same
 */
export async function changePair(
  curate: Curate,
  actor: Actor,
  id: string,
  { version, ...change }: Change,
): Promise<Pair> {
  const pair = await findFreePair(curate, actor.organization, id);
  if (version !== undefined && version !== pair.version) throw changed(pair);
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
  refuseSameText({ ...pair, ...given });
  if (Object.keys(given).length === 0) return toPair(pair);
  const row = await replace(curate, actor, pair, change);
  if (row === null) throw changed(await findFreePair(curate, actor.organization, id));
  return toPair(row);
}

function refuseSameText(pair: Pick<PairRow, 'chosen_response' | 'rejected_response'>): void {
  if (pair.chosen_response !== pair.rejected_response) return;
  throw new AttuneError('invalid_request', {
    param: 'rejected_response',
    message: 'chosen_response and rejected_response are the same text.',
  });
}

function changed(pair: PairRow): AttuneError {
  return new AttuneError('pair_changed', { current: toPair(pair) });
}

/** Null when somebody changed, froze or deleted it meanwhile. */
function replace(
  { db, clock }: Curate,
  { organization, principal, email }: Actor,
  pair: PairRow,
  { context_documents, ...change }: Omit<Change, 'version'>,
): Promise<PairRow | null> {
  const at = clock.now();
  return db.transaction().execute(async (transaction) => {
    const row = await changeFreePair(
      transaction,
      { organization, id: pair.id, version: pair.version },
      {
        ...change,
        ...(context_documents === undefined ? {} : { context_documents: JSON.stringify(context_documents) }),
        updated_at: at,
      },
    );
    if (row !== null) await keepRevision(transaction, organization, pair, { by: email ?? principal, at });
    return row;
  });
}

/**
 * Deletes a pair that is in no data set.
 * @throws AttuneError `pair_not_found` or `dataset_frozen`
 */
export async function removePair(curate: Curate, organization: string, id: string): Promise<{ ok: true }> {
  await findFreePair(curate, organization, id);
  if (!(await deleteFreePair(curate.db, organization, id))) throw new AttuneError('dataset_frozen');
  return { ok: true };
}
