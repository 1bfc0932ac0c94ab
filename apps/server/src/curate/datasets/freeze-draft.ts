import { AttuneError, type DatasetType, PrepareInput } from '@attune/contracts';
import type { Actor, Curate } from '../curate.ts';
import { chosenPairs } from '../pairs/given-pairs.ts';
import { assembleInWorker } from '../preparation/assemble-in-worker.ts';
import type { AssemblySettings } from '../preparation/assembly.ts';
import { chosenFeedback } from '../preparation/known-feedback.ts';
import { validationShareFor } from '../preparation/prepare.ts';
import { type ChosenIds, changeDataset, chosenIdsOf, type DatasetRow } from './dataset-store.ts';
import { freeze, freezeAgainWhenOvertaken } from './freeze.ts';

/**
 * Freezes a draft as its curator chose it: without the quality filters, but with the report.
 * @throws AttuneError `not_enough_data`, or `dataset_frozen` when someone else froze it
 */
export function freezeDraft(
  curate: Curate,
  actor: Actor,
  draft: DatasetRow,
  validationShare = validationShareFor(draft.dataset_type),
): Promise<DatasetRow> {
  return freezeAgainWhenOvertaken(() => freezeOnce(curate, actor, draft, validationShare));
}

async function freezeOnce(
  curate: Curate,
  actor: Actor,
  draft: DatasetRow,
  validationShare: number,
): Promise<DatasetRow> {
  const { organization } = actor;
  const key = { organization, id: draft.id, from: ['draft', 'curating'] as const };
  const chosen = await chosenIdsOf(curate.db, organization, draft.id);
  const outcome = await assembleInWorker(
    {
      feedback: chosenFeedback(curate, organization, chosen.feedback_ids),
      given: chosenPairs(curate, organization, chosen.pair_ids),
    },
    draftSettings(draft.dataset_type, validationShare),
    curate.stopping,
  );
  if ('refused' in outcome) throw new AttuneError('not_enough_data', { message: outcome.refused });
  return freeze(curate, actor, {
    datasetId: draft.id,
    set: outcome.set,
    stillFree: async (transaction) =>
      isSame(chosen, await chosenIdsOf(transaction, organization, draft.id, 'for update')),
    place: async (transaction, fields) => {
      const row = await changeDataset(transaction, key, fields);
      if (row === null) throw new AttuneError('dataset_frozen');
      return row;
    },
  });
}

function isSame(before: ChosenIds, now: ChosenIds): boolean {
  return (['feedback_ids', 'pair_ids'] as const).every(
    (ids) => now[ids].length === before[ids].length && now[ids].every((id, at) => id === before[ids][at]),
  );
}

/** The preparation's defaults; a person who picked the feedback decides how little is enough. */
export function draftSettings(type: DatasetType, validationShare: number): AssemblySettings {
  const defaults = PrepareInput.parse({});
  return {
    datasetType: type,
    methods: defaults.methods,
    split: defaults.split,
    validationShare,
    seed: defaults.seed,
    minimum: 1,
    personCap: null,
  };
}
