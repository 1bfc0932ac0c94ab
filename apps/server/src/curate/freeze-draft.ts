import { AttuneError, PrepareInput } from '@attune/contracts';
import { assembleInWorker } from './assemble-in-worker.ts';
import type { AssemblySettings, GivenPair } from './assembly.ts';
import type { Actor, Curate } from './curate.ts';
import { changeDataset, type DatasetRow, feedbackIdsOf } from './dataset-store.ts';
import { freeze, freezeAgainWhenOvertaken } from './freeze.ts';
import { chosenFeedback } from './known-feedback.ts';
import { validationShareFor } from './prepare.ts';

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
  const chosen = await feedbackIdsOf(curate.db, organization, draft.id);
  const outcome = await assembleInWorker(
    { feedback: chosenFeedback(curate, organization, chosen), given: noPairs() },
    settingsOf(draft, validationShare),
    curate.stopping,
  );
  if ('refused' in outcome) throw new AttuneError('not_enough_data', { message: outcome.refused });
  return freeze(curate, actor, {
    datasetId: draft.id,
    set: outcome.set,
    stillFree: async (transaction) => {
      const now = await feedbackIdsOf(transaction, organization, draft.id, 'for update');
      return now.length === chosen.length && now.every((id, index) => id === chosen[index]);
    },
    place: async (transaction, fields) => {
      const row = await changeDataset(transaction, key, fields);
      if (row === null) throw new AttuneError('dataset_frozen');
      return row;
    },
  });
}

/** The preparation's defaults; a person who picked the feedback decides how little is enough. */
function settingsOf({ dataset_type: type }: DatasetRow, validationShare: number): AssemblySettings {
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

async function* noPairs(): AsyncGenerator<GivenPair[]> {}
