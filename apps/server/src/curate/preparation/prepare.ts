import { AttuneError, type Dataset, type DatasetType, type PrepareInput } from '@attune/contracts';
import type { Transaction } from 'kysely';
import type { Tables } from '../../platform/db/tables.ts';
import { newId } from '../../platform/ids.ts';
import type { Actor, Curate } from '../curate.ts';
import {
  type DatasetRow,
  feedbackIdsOf,
  frozenDatasetIds,
  insertDataset,
} from '../datasets/dataset-store.ts';
import { toDataset } from '../datasets/datasets.ts';
import { freeze, freezeAgainWhenOvertaken } from '../datasets/freeze.ts';
import { heldOutQuestions, withoutQuestions } from '../datasets/held-out-questions.ts';
import { givenPairs } from '../pairs/given-pairs.ts';
import { assembleInWorker } from './assemble-in-worker.ts';
import type { AssembledSet, AssemblySettings } from './assembly.ts';

/** Fewest usable feedbacks: the linear reward model learns from little. */
export function minimumFor(type: DatasetType): number {
  return type === 'reward' ? 50 : 1000;
}

/** Share of queries held out where the caller doesn't say. */
export function validationShareFor(type: DatasetType): number {
  return type === 'reward' ? 0.12 : 0.2;
}

/**
 * The preparation job: reads feedback that is in no data set, checks it, and freezes what is good into a new one.
 * Two at once never use the same feedback: who comes second starts again with what is left.
 * @throws AttuneError `not_enough_data`; `dataset_not_found` and `dataset_not_ready` for what is to be kept out
 */
export async function prepare(curate: Curate, actor: Actor, input: PrepareInput): Promise<Dataset> {
  return toDataset(await freezeAgainWhenOvertaken(() => prepareOnce(curate, actor, input)));
}

async function prepareOnce(curate: Curate, actor: Actor, input: PrepareInput): Promise<DatasetRow> {
  const { organization } = actor;
  const known = await frozenDatasetIds(curate.db, organization);
  const kept = await heldOutQuestions(curate, organization, input.keep_out);
  const filter = { statuses: input.statuses, includeUsed: input.include_used };
  const outcome = await assembleInWorker(
    {
      feedback: withoutQuestions(curate.trainable.unused(organization, filter), kept),
      given: withoutQuestions(givenPairs(curate, organization), kept),
    },
    settingsOf(input),
    curate.stopping,
  );
  if ('refused' in outcome) throw new AttuneError('not_enough_data', { message: outcome.refused });
  const datasetId = newId();
  return freeze(curate, actor, {
    datasetId,
    set: outcome.set,
    stillFree: async (transaction) =>
      input.include_used || !(await takenSince(transaction, organization, known, outcome.set)),
    place: (transaction, fields) =>
      insertDataset(transaction, {
        id: datasetId,
        organization,
        name: input.name ?? defaultName(curate, input.dataset_type),
        description: '',
        dataset_type: input.dataset_type,
        curator_email: actor.email,
        created_at: fields.updated_at,
        ...fields,
      }),
  });
}

function settingsOf(input: PrepareInput): AssemblySettings {
  return {
    datasetType: input.dataset_type,
    methods: input.methods,
    split: input.split,
    validationShare: input.validation_share ?? validationShareFor(input.dataset_type),
    seed: input.seed,
    minimum: input.minimum ?? minimumFor(input.dataset_type),
    personCap: input.person_cap,
  };
}

function defaultName({ clock }: Curate, type: DatasetType): string {
  return `${type}-${clock.now().toISOString().slice(0, 10)}`;
}

/** Whether a data set that was frozen after `known` was read holds some of the same feedback. */
async function takenSince(
  transaction: Transaction<Tables>,
  organization: string,
  known: ReadonlySet<string>,
  set: AssembledSet,
): Promise<boolean> {
  const wanted = new Set(set.feedbackIds);
  for (const id of await frozenDatasetIds(transaction, organization)) {
    if (known.has(id)) continue;
    const taken = await feedbackIdsOf(transaction, organization, id);
    if (taken.some((feedbackId) => wanted.has(feedbackId))) return true;
  }
  return false;
}
