import { AttuneError, type listPairRevisions, type PairRevision, type RequestOf } from '@attune/contracts';
import type { Kysely } from 'kysely';
import type { Tables } from '../../platform/db/tables.ts';
import { decodeCursor, toPage } from '../../platform/http/page.ts';
import type { Curate } from '../curate.ts';
import { findPair } from './find-pair.ts';
import type { PairRow } from './pair-store.ts';

/** Keeps what a pair says, before it is changed. */
export async function keepRevision(
  db: Kysely<Tables>,
  organization: string,
  pair: PairRow,
  replaced: { by: string; at: Date },
): Promise<void> {
  const { query, query_context, chosen_response, rejected_response, preference_strength } = pair;
  const { context_documents, annotation_notes } = pair;
  const was = { query, query_context, chosen_response, rejected_response, preference_strength };
  await db
    .insertInto('pair_revisions')
    .values({
      organization,
      pair_id: pair.id,
      version: pair.version,
      was: JSON.stringify({ ...was, context_documents, annotation_notes }),
      replaced_by: replaced.by,
      replaced_at: replaced.at,
    })
    .execute();
}

/**
 * A page of what a pair said before, newest first.
 * @throws AttuneError `pair_not_found` or `invalid_cursor`
 */
export async function revisionPage(
  curate: Curate,
  organization: string,
  id: string,
  { cursor, limit }: RequestOf<typeof listPairRevisions>['query'],
) {
  await findPair(curate, organization, id);
  const below = cursor === undefined ? null : versionIn(cursor);
  const rows = await curate.db
    .selectFrom('pair_revisions')
    .select(['version', 'was', 'replaced_by', 'replaced_at'])
    .where('organization', '=', organization)
    .where('pair_id', '=', id)
    .$if(below !== null, (query) => query.where('version', '<', below))
    .orderBy('version', 'desc')
    .limit(limit + 1)
    .execute();
  const toRevision = ({ was, replaced_at, ...rest }: (typeof rows)[number]): PairRevision => ({
    ...rest,
    ...was,
    replaced_at: replaced_at.toISOString(),
  });
  return toPage(rows, limit, (row) => [row.version], toRevision);
}

const MOST_VERSIONS = 2_147_483_647;

function versionIn(cursor: string): number {
  const version = Number(decodeCursor(cursor, 1)[0]);
  if (!Number.isInteger(version) || version < 1 || version > MOST_VERSIONS)
    throw new AttuneError('invalid_cursor');
  return version;
}
