import type { pairsFromFeedback as declared, Pair, RequestOf, ResponseOf } from '@attune/contracts';
import type { PreferencePair } from '@attune/core';
import { newId } from '../platform/ids.ts';
import { byAge } from './by-age.ts';
import type { Actor, Curate } from './curate.ts';
import { DropReport } from './drop-report.ts';
import { chosenFeedback, knownFeedbackIds } from './known-feedback.ts';
import { pairInWorker } from './pair-in-worker.ts';
import { pairKey } from './pair-key.ts';
import { insertNewPairs, type NewPair } from './pair-store.ts';
import { toPair } from './pairs.ts';
import type { TrainableFeedback } from './trainable.ts';

type Body = RequestOf<typeof declared>['body'];
type Made = ResponseOf<typeof declared>;

/**
 * Makes pairs from chosen feedback and says what was left out and why; a preview changes nothing.
 * @throws AttuneError `feedback_not_found`
 */
export async function pairsFromFeedback(curate: Curate, actor: Actor, body: Body): Promise<Made> {
  const ids = await knownFeedbackIds(curate, actor.organization, body.feedback_ids);
  const feedback: TrainableFeedback[] = [];
  for await (const page of chosenFeedback(curate, actor.organization, ids)) feedback.push(...page);
  const input = { feedback: feedback.sort(byAge), methods: body.methods };
  const { pairs, left_out } = await pairInWorker(input, curate.stopping);
  const report = new DropReport();
  for (const { reason, query } of left_out) report.add(reason, query);
  const rows = pairs.map((pair) => newPair(curate, actor, pair));
  if (body.preview) return { created: 0, pairs: rows.map(asPair), left_out: report.rows() };
  const created = (await insertNewPairs(curate.db, rows)).sort((a, b) => (a.id < b.id ? -1 : 1)).map(toPair);
  const stored = new Set(created.map(({ id }) => id));
  for (const row of rows) if (!stored.has(row.id)) report.add('already_there', row.query);
  return { created: created.length, pairs: created, left_out: report.rows() };
}

function newPair({ clock }: Curate, actor: Actor, pair: PreferencePair) {
  return {
    id: newId(),
    organization: actor.organization,
    dataset_id: null,
    query: pair.query,
    chosen_response: pair.chosen,
    rejected_response: pair.rejected,
    preference_strength: pair.strength,
    annotator_email: actor.email,
    annotation_notes: null,
    method: pair.method,
    source_feedback_ids: pair.feedback_ids,
    import_key: pairKey(pair),
    created_at: clock.now(),
  } satisfies NewPair;
}

function asPair({ organization: _, import_key: __, ...row }: ReturnType<typeof newPair>): Pair {
  return toPair(row);
}
