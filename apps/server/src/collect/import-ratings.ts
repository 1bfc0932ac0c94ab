import { type ImportResult, RatingRow } from '@attune/contracts';
import { cutContext } from '@attune/core';
import type { Clock } from '../platform/clock.ts';
import type { FeedbackObserver } from './feedback-observer.ts';
import { type GoodRow, type SentRow, sortRows } from './import-rows.ts';
import { importedFeedback } from './imported-feedback.ts';
import type { NewFeedbackRow, Sql } from './store/feedback-row.ts';
import { insertImported } from './store/import-feedback.ts';

export interface ImportRatingsNeeds {
  readonly sql: Sql;
  readonly observer: FeedbackObserver;
  readonly clock: Clock;
}

/** Imports rated answers. Good rows become durable together; a row that is there already is left as it is. */
export async function importRatings(
  { sql, observer, clock }: ImportRatingsNeeds,
  organization: string,
  rows: readonly SentRow[],
): Promise<ImportResult> {
  const { good, repeated, errors } = sortRows(RatingRow, rows);
  const now = clock.now();
  const inserted = await insertImported(
    sql,
    good.map((row) => ratingFeedback(organization, now, row)),
  );
  if (inserted.length > 0) observer.changed(organization, [null]);
  return { imported: inserted.length, already_there: repeated + good.length - inserted.length, errors };
}

function ratingFeedback(organization: string, now: Date, { row, key }: GoodRow<RatingRow>): NewFeedbackRow {
  return importedFeedback({
    organization,
    importKey: key,
    query: row.user_prompt,
    context: cutContext(row.context ?? ''),
    response: row.ai_response,
    rating: row.rating,
    dimensions: row.rating_dimensions ?? {},
    comment: row.feedback_comment ?? null,
    userId: row.user_id ?? null,
    createdAt: row.created_at == null ? now : new Date(row.created_at),
  });
}
