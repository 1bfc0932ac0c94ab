import { AttuneError, type Dataset, type RequestOf, type updateDataset } from '@attune/contracts';
import type { Actor, Curate } from '../curate.ts';
import { changeDataset, type DatasetRow } from './dataset-store.ts';
import { findDatasetById, toDataset } from './datasets.ts';
import { draftContent } from './draft-content.ts';
import { freezeDraft } from './freeze-draft.ts';

type Change = RequestOf<typeof updateDataset>['body'];

/**
 * Changes a draft; `status: "ready"` freezes it, with the other changes.
 * @throws AttuneError `dataset_not_found`, `dataset_frozen`, `feedback_not_found`, `too_much_feedback` or `not_enough_data`
 */
export async function changeDraft(
  curate: Curate,
  actor: Actor,
  id: string,
  change: Change,
): Promise<Dataset> {
  const draft = await findDatasetById(curate, actor.organization, id);
  if (draft.status !== 'draft' && draft.status !== 'curating') throw new AttuneError('dataset_frozen');
  const changed = await edit(curate, actor, id, change);
  return toDataset(
    change.status === 'ready' ? await freezeDraft(curate, actor, changed, change.validation_share) : changed,
  );
}

async function edit(curate: Curate, actor: Actor, id: string, change: Change): Promise<DatasetRow> {
  const chosen = change.feedback_ids !== undefined || change.query !== undefined;
  const row = await changeDataset(
    curate.db,
    { organization: actor.organization, id, from: ['draft', 'curating'] },
    {
      ...(change.name === undefined ? {} : { name: change.name }),
      ...(change.description === undefined ? {} : { description: change.description }),
      ...(chosen ? await draftContent(curate, actor, change) : {}),
      ...(change.status === 'curating' ? { status: change.status } : {}),
      updated_at: curate.clock.now(),
    },
  );
  if (row === null) throw new AttuneError('dataset_frozen');
  return row;
}
