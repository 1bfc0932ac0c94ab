import { batches } from '../batches.ts';
import type { Curate } from '../curate.ts';
import type { GivenPair } from '../preparation/assembly.ts';
import { freePairs, freePairsById, type PairRow } from './pair-store.ts';

const PAIRS_AT_ONCE = 1000;

/** The pairs that are in no data set, in pages, oldest first. */
export async function* givenPairs({ db }: Curate, organization: string): AsyncGenerator<GivenPair[]> {
  let after: string | null = null;
  do {
    const rows: PairRow[] = await freePairs(db, organization, after, PAIRS_AT_ONCE);
    after = rows.length === PAIRS_AT_ONCE ? (rows.at(-1)?.id ?? null) : null;
    yield rows.map(toGivenPair);
  } while (after !== null);
}

/** Those of chosen pairs that are still in no data set, in pages. */
export async function* chosenPairs(
  { db }: Curate,
  organization: string,
  ids: readonly string[],
): AsyncGenerator<GivenPair[]> {
  for (const batch of batches(ids, PAIRS_AT_ONCE)) {
    yield (await freePairsById(db, organization, batch)).map(toGivenPair);
  }
}

function toGivenPair(row: PairRow): GivenPair {
  return {
    id: row.id,
    query: row.query,
    context: row.query_context,
    chosen: row.chosen_response,
    rejected: row.rejected_response,
    strength: row.preference_strength,
    method: row.method,
    feedbackIds: row.source_feedback_ids,
    annotator: row.annotator_email,
    createdAt: row.created_at,
  };
}
