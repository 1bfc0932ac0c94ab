import type { previewDataset as declared, RequestOf, ResponseOf } from '@attune/contracts';
import type { Curate } from '../curate.ts';
import { chosenPairs } from '../pairs/given-pairs.ts';
import { countFreePairs, freePairIds } from '../pairs/matching-pairs.ts';
import { assembleInWorker } from '../preparation/assemble-in-worker.ts';
import type { AssembledSet } from '../preparation/assembly.ts';
import { validationShareFor } from '../preparation/prepare.ts';
import type { TrainableFeedback } from '../trainable.ts';
import { toDatasetRow } from './dataset-row-view.ts';
import { feedbackMatch } from './feedback-match.ts';
import { draftSettings } from './freeze-draft.ts';
import { matchingFeedback } from './matching-feedback.ts';
import { readSnapshot } from './read-snapshot.ts';

type Preview = ResponseOf<typeof declared>;

/** What a preview looks at: enough to judge, little enough to answer while somebody types. */
const LOOKED_AT = 5000;
/** Matches are counted up to here. */
const COUNTED = 1_000_000;
const SHOWN = 10;

/** What a query would make, from the newest of what matches, without making it. */
export async function previewDataset(
  curate: Curate,
  organization: string,
  { dataset_type, query }: RequestOf<typeof declared>['body'],
): Promise<Preview> {
  const { feedback, truncated } = await matchingFeedback(curate, organization, query, LOOKED_AT);
  const pairs = await freePairIds(curate, organization, query, feedback, COUNTED);
  const freePairs = await countFreePairs(curate, organization, query, COUNTED);
  const match = feedbackMatch(query, curate.clock.now());
  const counted = truncated
    ? await curate.trainable.countMatching(organization, match, COUNTED)
    : feedback.length;
  const outcome = await assembleInWorker(
    { feedback: once(feedback), given: chosenPairs(curate, organization, pairs.slice(0, LOOKED_AT)) },
    draftSettings(dataset_type, validationShareFor(dataset_type)),
    curate.stopping,
  );
  const found = {
    feedback: counted,
    pairs: pairs.length,
    other_pairs: freePairs - pairs.length,
    truncated: truncated || pairs.length > LOOKED_AT,
  };
  return 'set' in outcome
    ? { ...found, refused: null, ...(await contentOf(outcome.set, dataset_type)) }
    : { ...found, refused: outcome.refused, ...nothing };
}

const nothing = { sample_count: 0, pair_count: 0, step_count: 0, first: [], report: null };

async function contentOf(
  { snapshot, report }: AssembledSet,
  type: string,
): Promise<Omit<Preview, 'feedback' | 'pairs' | 'other_pairs' | 'truncated' | 'refused'>> {
  const { ratings, pairs, steps } = await readSnapshot(snapshot);
  const rows =
    type === 'reward' || type === 'kto' ? [...ratings, ...pairs] : [...steps, ...pairs, ...ratings];
  return {
    sample_count: ratings.length,
    pair_count: pairs.length,
    step_count: steps.length,
    first: rows.slice(0, SHOWN).map(toDatasetRow),
    report,
  };
}

async function* once(feedback: TrainableFeedback[]): AsyncGenerator<TrainableFeedback[]> {
  yield feedback;
}
