import { z } from 'zod';
import type { Statement } from './statement.ts';
import type { FeedbackRow } from './store/feedback-row.ts';

const StoredValue = z.looseObject({
  correction: z.string().optional().catch(undefined),
  safety_issue: z.boolean().optional().catch(undefined),
  reasons: z.array(z.string()).optional().catch(undefined),
});

/** The columns that hold what a person says. */
export interface StatementColumns {
  feedback_type: Statement['type'];
  feedback_value: string;
  rating_overall: number | null;
  rating_dimensions: string;
  reaction_type: string | null;
  text_feedback: string | null;
  tags: string[];
}

/** A statement as columns of `rlhf_feedback`. `feedback_value` keeps the parts that have no column of their own. */
export function toColumns(statement: Statement): StatementColumns {
  return {
    feedback_type: statement.type,
    feedback_value: JSON.stringify(partsWithoutColumn(statement)),
    rating_overall: statement.rating,
    rating_dimensions: JSON.stringify(statement.dimensions),
    reaction_type: statement.thumbs && `thumbs_${statement.thumbs}`,
    text_feedback: statement.comment,
    tags: [...statement.tags],
  };
}

function partsWithoutColumn(statement: Statement): Record<string, unknown> {
  const { rating, thumbs, correction, safetyIssue, reasons } = statement;
  return {
    ...(rating !== null && { rating }),
    ...(thumbs !== null && { thumbs }),
    ...(correction !== null && { correction }),
    ...(safetyIssue && { safety_issue: true }),
    ...(reasons.length > 0 && { reasons }),
  };
}

/** The correction in a stored `feedback_value`, null when there is none. */
export function correctionIn(value: Record<string, unknown>): string | null {
  return StoredValue.parse(value).correction ?? null;
}

/** The statement that a row holds. */
export function fromRow(row: FeedbackRow): Statement {
  const value = StoredValue.parse(row.feedback_value);
  return {
    type: row.feedback_type,
    rating: row.rating_overall,
    thumbs: thumbsIn(row.reaction_type),
    dimensions: row.rating_dimensions,
    comment: row.text_feedback,
    correction: value.correction ?? null,
    safetyIssue: value.safety_issue ?? false,
    reasons: value.reasons ?? [],
    tags: row.tags,
  };
}

/** Thumbs as `reaction_type` keeps them. */
export function thumbsIn(reaction: string | null): 'up' | 'down' | null {
  if (reaction === 'thumbs_up') return 'up';
  return reaction === 'thumbs_down' ? 'down' : null;
}
