import type { Count, ReviewFilter, ReviewItem } from '@attune/contracts';
import { countItems } from './count-items.ts';
import { MOST_ITEMS } from './decide.ts';
import { findItems } from './find-items.ts';
import { toItems } from './items.ts';
import { previewToken } from './preview-token.ts';
import type { Reviewer, ReviewParts } from './review.ts';
import { select } from './select.ts';

const SHOWN = 5;

/** What a decision about a whole filter would change. @throws AttuneError `scoring_unavailable`, `overloaded` */
export async function previewDecision(
  parts: ReviewParts,
  reviewer: Reviewer,
  filter: ReviewFilter,
): Promise<{ matched: Count; sample: ReviewItem[]; preview: string }> {
  const at = parts.clock.now();
  const selection = await select(parts, reviewer, filter, at);
  const matched = await countItems(parts.db, selection, MOST_ITEMS);
  const ids = selection.near?.map(({ id }) => id) ?? (await newest());
  const seen = matched.exact ? matched.value : MOST_ITEMS + 1;
  return {
    matched,
    sample: await toItems(parts, reviewer, ids.slice(0, SHOWN)),
    preview: previewToken(filter, { at, matched: seen }),
  };

  async function newest(): Promise<string[]> {
    const found = await findItems(parts.db, selection, 'newest', { after: null, limit: SHOWN });
    return found.map(({ id }) => id);
  }
}
