import type { Feedback } from '@attune/contracts';
import { type Selectable, sql } from 'kysely';
import type { Tables } from '../../../platform/db/tables.ts';
import { newId } from '../../../platform/ids.ts';
import type { ReviewedFeedback, Sql } from '../review.ts';

type Row = Selectable<Tables['rlhf_feedback']>;

/** Reads stored feedback as the room that owns it does. */
export function storedFeedback(db: Sql): ReviewedFeedback {
  return {
    byIds: async (organization, ids) =>
      (
        await db
          .selectFrom('rlhf_feedback')
          .selectAll()
          .where('organization', '=', organization)
          .where(sql<boolean>`id = ANY(${[...ids]}::uuid[])`)
          .execute()
      ).map(toFeedback),
    earlier: async () => [],
  };
}

function toFeedback(row: Row): Feedback {
  return { ...row, created_at: row.created_at.toISOString(), updated_at: row.updated_at.toISOString() };
}

/** Feedback to be stored; the rest gets a plain value. */
export interface GivenFeedback
  extends Partial<Omit<Row, 'feedback_value' | 'rating_dimensions' | 'context' | 'experiment'>> {
  readonly value?: Record<string, unknown>;
}

/** Stores feedback, a minute apart from oldest to newest, and gives its ids in the same order. */
export async function storeFeedback(
  db: Sql,
  organization: string,
  given: readonly GivenFeedback[],
): Promise<string[]> {
  const start = Date.UTC(2026, 0, 1);
  const rows = given.map(({ value = {}, ...feedback }, index) => ({
    id: newId(),
    organization,
    person: `person-${index}`,
    query: `Question ${index}?`,
    query_key: '',
    response: `Answer ${index}.`,
    feedback_type: 'rating' as const,
    feedback_value: JSON.stringify(value),
    rating_dimensions: '{}',
    context: '{}',
    source: 'user' as const,
    created_at: new Date(start + index * 60_000),
    ...feedback,
  }));
  for (let at = 0; at < rows.length; at += 500) {
    await db
      .insertInto('rlhf_feedback')
      .values(rows.slice(at, at + 500))
      .execute();
  }
  return rows.map(({ id }) => id);
}
