import { queryKey } from '@attune/core';
import { newId } from '../platform/ids.ts';
import { revised, type Statement } from './statement.ts';
import { toColumns } from './statement-row.ts';
import type { NewFeedbackRow } from './store/feedback-row.ts';

/** A rating from a file. */
export interface ImportedRating {
  readonly organization: string;
  readonly importKey: string;
  readonly query: string;
  /** The turns before the question, as `earlierTurns` writes them. */
  readonly context: string;
  readonly response: string;
  readonly rating: number;
  readonly dimensions: Statement['dimensions'];
  readonly comment: string | null;
  readonly userId: string | null;
  readonly createdAt: Date;
  /** The imported answer it belongs to, with its session. */
  readonly answer?: {
    readonly responseId: string;
    readonly sessionId: string | null;
    readonly turns: number;
  };
}

/** A rating from a file as a row. Raters without a name count as different people. */
export function importedFeedback(rating: ImportedRating): NewFeedbackRow {
  const { answer } = rating;
  const id = newId();
  const statement = revised(null, {
    response_id: answer?.responseId ?? id,
    rating: rating.rating,
    rating_dimensions: rating.dimensions,
    ...(rating.comment !== null && { comment: rating.comment }),
  });
  return {
    id,
    organization: rating.organization,
    response_id: answer?.responseId ?? null,
    session_id: answer?.sessionId ?? null,
    user_id: rating.userId,
    person: rating.userId === null ? `anonymous:${id}` : `user:${rating.userId}`,
    query: rating.query,
    query_key: queryKey(rating.query),
    query_context: rating.context,
    response: rating.response,
    ...toColumns(statement),
    context: JSON.stringify(answer === undefined ? {} : { turns: answer.turns }),
    curator_email: null,
    source: 'import',
    reward_model: null,
    policy: null,
    import_key: rating.importKey,
    created_at: rating.createdAt,
    updated_at: rating.createdAt,
  };
}
