import type { DatasetQuery } from '@attune/contracts';
import type { Actor, Curate } from '../curate.ts';
import { freePairIds } from '../pairs/matching-pairs.ts';
import { knownFeedbackIds } from '../preparation/known-feedback.ts';
import { allMatchingFeedback } from './matching-feedback.ts';

/** Most feedback of one data set. */
const MOST = 100_000;

/** What a caller chose: feedback by hand, or by a query. */
export interface Choice {
  readonly feedback_ids?: readonly string[] | undefined;
  readonly query?: DatasetQuery | undefined;
}

/** The fields of a draft that say what goes into it. */
export interface DraftContent {
  readonly feedback_ids: string[];
  readonly pair_ids: string[];
  readonly sample_count: number;
  readonly pair_count: number;
  readonly query: string | null;
}

/**
 * What a choice stands for now; a query wins over ids.
 * @throws AttuneError `feedback_not_found` or `too_much_feedback`
 */
export async function draftContent(
  curate: Curate,
  { organization }: Actor,
  { feedback_ids = [], query }: Choice,
): Promise<DraftContent> {
  if (query === undefined) {
    return content(await knownFeedbackIds(curate, organization, feedback_ids), [], null);
  }
  const feedback = await allMatchingFeedback(curate, organization, query, MOST);
  const pairs = await freePairIds(curate, organization, query, feedback, MOST);
  return content(
    feedback.map(({ id }) => id),
    pairs,
    query,
  );
}

function content(feedback_ids: string[], pair_ids: string[], query: DatasetQuery | null): DraftContent {
  return {
    feedback_ids,
    pair_ids,
    sample_count: feedback_ids.length,
    pair_count: pair_ids.length,
    query: query === null ? null : JSON.stringify(query),
  };
}
