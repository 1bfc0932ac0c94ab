import { AttuneError } from '@attune/contracts';
import { batches } from '../batches.ts';
import type { Curate } from '../curate.ts';
import type { TrainableFeedback } from '../trainable.ts';

const IDS_AT_ONCE = 1000;

/** Chosen feedback in pages, in no particular order. Ids that are unknown are left out. */
export async function* chosenFeedback(
  { trainable }: Pick<Curate, 'trainable'>,
  organization: string,
  ids: readonly string[],
): AsyncGenerator<TrainableFeedback[]> {
  for (const batch of batches(ids, IDS_AT_ONCE)) yield await trainable.byIds(organization, batch);
}

/**
 * The ids without repeats, all known.
 * @throws AttuneError `feedback_not_found` naming the first that isn't known
 */
export async function knownFeedbackIds(
  curate: Pick<Curate, 'trainable'>,
  organization: string,
  ids: readonly string[],
): Promise<string[]> {
  const wanted = [...new Set(ids.map((id) => id.toLowerCase()))];
  const known = new Set<string>();
  for await (const page of chosenFeedback(curate, organization, wanted)) {
    for (const feedback of page) known.add(feedback.id);
  }
  const missing = wanted.find((id) => !known.has(id));
  if (missing !== undefined) {
    throw new AttuneError('feedback_not_found', {
      param: 'feedback_ids',
      message: `No feedback with the id ${missing} exists in your organisation.`,
    });
  }
  return wanted;
}
