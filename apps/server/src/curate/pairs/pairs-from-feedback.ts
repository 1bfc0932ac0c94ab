import type { pairsFromFeedback as declared, Pair, RequestOf, ResponseOf } from '@attune/contracts';
import type { PreferencePair } from '@attune/core';
import { newId } from '../../platform/ids.ts';
import type { Actor, Curate } from '../curate.ts';
import { allMatchingFeedback } from '../datasets/matching-feedback.ts';
import { byAge } from '../preparation/by-age.ts';
import { DropReport } from '../preparation/drop-report.ts';
import { chosenFeedback, knownFeedbackIds } from '../preparation/known-feedback.ts';
import type { TrainableFeedback } from '../trainable.ts';
import { pairInWorker } from './pair-in-worker.ts';
import { pairKey } from './pair-key.ts';
import { insertNewPairs, type NewPair } from './pair-store.ts';
import { type StoredAs, storedPairs } from './stored-pairs.ts';
import { toPair } from './to-pair.ts';

type Body = RequestOf<typeof declared>['body'];
type Made = ResponseOf<typeof declared>;

/** Most feedback of one bulk; pairing ten thousand takes half a second. */
const MOST = 10_000;
/** Pairs shown. */
const SHOWN = 200;

const reasonOf: Record<StoredAs, string> = { free: 'already_there', frozen: 'in_a_dataset' };

/**
 * Makes pairs from chosen or matching feedback and says what was left out and why; a dry run changes nothing.
 * @throws AttuneError `feedback_not_found` or `too_much_feedback`
 */
export async function pairsFromFeedback(curate: Curate, actor: Actor, body: Body): Promise<Made> {
  const feedback = (await wantedFeedback(curate, actor.organization, body)).sort(byAge);
  const { pairs, left_out } = await pairInWorker({ feedback, methods: body.methods }, curate.stopping);
  const report = new DropReport();
  for (const { reason, query } of left_out) report.add(reason, query);
  const rows = pairs.map((pair) => newPair(curate, actor, pair));
  const stored = await storedPairs(curate.db, actor.organization, rows);
  const fresh = rows.filter(({ import_key }) => !stored.has(import_key));
  for (const row of rows) {
    const as = stored.get(row.import_key);
    if (as !== undefined) report.add(reasonOf[as], row.query);
  }
  const made = { considered: feedback.length, makes: fresh.length, left_out: report.rows() };
  if (body.dry_run) return { ...made, created: 0, pairs: fresh.slice(0, SHOWN).map(asPair) };
  const created = (await insertNewPairs(curate.db, fresh)).sort((a, b) => (a.id < b.id ? -1 : 1));
  return { ...made, created: created.length, pairs: created.slice(0, SHOWN).map(toPair) };
}

async function wantedFeedback(
  curate: Curate,
  organization: string,
  { query, feedback_ids = [] }: Body,
): Promise<TrainableFeedback[]> {
  if (query !== undefined) return await allMatchingFeedback(curate, organization, query, MOST);
  const ids = await knownFeedbackIds(curate, organization, feedback_ids);
  return (await Array.fromAsync(chosenFeedback(curate, organization, ids))).flat();
}

function newPair({ clock }: Curate, actor: Actor, pair: PreferencePair) {
  return {
    id: newId(),
    organization: actor.organization,
    dataset_id: null,
    query: pair.query,
    query_context: pair.context ?? '',
    chosen_response: pair.chosen,
    rejected_response: pair.rejected,
    preference_strength: pair.strength,
    annotator_email: actor.email,
    annotation_notes: null,
    method: pair.method,
    source_feedback_ids: pair.feedback_ids,
    import_key: pairKey(pair),
    context_documents: '[]',
    version: 1,
    created_at: clock.now(),
    updated_at: clock.now(),
  } satisfies NewPair;
}

function asPair({ organization: _, import_key: __, ...row }: ReturnType<typeof newPair>): Pair {
  return toPair({ ...row, context_documents: [] });
}
