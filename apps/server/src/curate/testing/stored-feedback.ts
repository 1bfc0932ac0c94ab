import type { Kysely, Selectable, SelectQueryBuilder } from 'kysely';
import { sql } from 'kysely';
import { z } from 'zod';
import type { Tables } from '../../platform/db/tables.ts';
import { newId } from '../../platform/ids.ts';
import type { FeedbackMatch, Trainable, TrainableFeedback } from '../trainable.ts';

type Db = Kysely<Tables>;

/** Remarks are stored here as training reads them; how the other room stores them is its own. */
const Kept = z.object({
  correction: z.string().nullable().default(null),
  remark: z.custom<TrainableFeedback['remark']>().default(null),
});

/** Feedback to be stored; the rest gets a plain value. */
export interface GivenFeedback {
  readonly id?: string;
  readonly query: string;
  readonly context?: string;
  readonly response: string;
  readonly rating?: number | null;
  readonly comment?: string | null;
  readonly correction?: string;
  readonly dimensions?: TrainableFeedback['dimensions'];
  readonly person?: string;
  readonly status?: 'pending' | 'approved' | 'rejected' | 'flagged';
  readonly createdAt?: Date;
  readonly tags?: string[];
  readonly responseId?: string;
  readonly remark?: NonNullable<TrainableFeedback['remark']>;
}

/** Stores feedback and gives back its ids in the same order. */
export async function storeFeedback(
  db: Db,
  organization: string,
  given: readonly GivenFeedback[],
): Promise<string[]> {
  const start = Date.UTC(2026, 0, 1);
  const rows = given.map((feedback, index) => {
    const id = feedback.id ?? newId();
    return {
      id,
      organization,
      person: feedback.person ?? `anonymous:${id}`,
      query: feedback.query,
      query_key: '',
      response: feedback.response,
      feedback_type: 'rating' as const,
      response_id: feedback.responseId ?? null,
      target: feedback.remark === undefined ? 'answer' : `${feedback.remark.kind}:${id}`,
      tags: feedback.tags ?? [],
      feedback_value: JSON.stringify({
        ...(feedback.correction === undefined ? {} : { correction: feedback.correction }),
        ...(feedback.remark === undefined ? {} : { remark: feedback.remark }),
      }),
      rating_overall: feedback.rating ?? null,
      rating_dimensions: JSON.stringify(feedback.dimensions ?? {}),
      text_feedback: feedback.comment ?? null,
      query_context: feedback.context ?? '',
      context: '{}',
      status: feedback.status ?? ('pending' as const),
      source: 'import' as const,
      created_at: feedback.createdAt ?? new Date(start + index * 3_600_000),
    };
  });
  for (let at = 0; at < rows.length; at += 500) {
    await db
      .insertInto('rlhf_feedback')
      .values(rows.slice(at, at + 500))
      .execute();
  }
  return rows.map(({ id }) => id);
}

/** Reads and marks stored feedback as the room that owns it does. */
export function storedTrainable(db: Db): Trainable {
  const inOrganization = (organization: string) =>
    db.selectFrom('rlhf_feedback').selectAll().where('organization', '=', organization).orderBy('id');
  return {
    async *unused(organization, { statuses, includeUsed }) {
      const rows = await inOrganization(organization)
        .where('status', 'in', [...statuses])
        .$if(!includeUsed, (query) => query.where('is_training_data', '=', false))
        .execute();
      for (let at = 0; at < rows.length; at += 100) yield rows.slice(at, at + 100).map(toTrainable);
    },
    async *matching(organization, match, most) {
      const rows = await matching(inOrganization(organization), match).limit(most).execute();
      for (let at = 0; at < rows.length; at += 100) yield rows.slice(at, at + 100).map(toTrainable);
    },
    countMatching: async (organization, match, most) =>
      (await matching(inOrganization(organization), match).limit(most).execute()).length,
    byIds: async (organization, ids) =>
      (
        await inOrganization(organization)
          .where(sql<boolean>`id = ANY(${[...ids]}::uuid[])`)
          .execute()
      ).map(toTrainable),
    markUsed: async (organization, ids, within) => {
      await within
        .updateTable('rlhf_feedback')
        .set({ is_training_data: true })
        .where('organization', '=', organization)
        .where(sql<boolean>`id = ANY(${[...ids]}::uuid[])`)
        .execute();
    },
  };
}

type Rows = SelectQueryBuilder<Tables, 'rlhf_feedback', Selectable<Tables['rlhf_feedback']>>;

function matching(rows: Rows, match: FeedbackMatch): Rows {
  return rows
    .where('status', 'in', [...match.statuses])
    .where(sql<boolean>`tags @> ${[...match.tags]}::text[]`)
    .$if(match.minRating !== null, (query) => query.where('rating_overall', '>=', match.minRating))
    .$if(match.maxRating !== null, (query) => query.where('rating_overall', '<=', match.maxRating))
    .$if(match.after !== null, (query) => query.where('created_at', '>=', match.after ?? new Date(0)))
    .$if(match.before !== null, (query) => query.where('created_at', '<', match.before ?? new Date(0)))
    .$if(!match.includeUsed, (query) => query.where('is_training_data', '=', false));
}

/** How many of an organisation's feedbacks are marked as used. */
export async function usedCount(db: Db, organization: string): Promise<number> {
  const rows = await db
    .selectFrom('rlhf_feedback')
    .select('id')
    .where('organization', '=', organization)
    .where('is_training_data', '=', true)
    .execute();
  return rows.length;
}

function toTrainable(row: Selectable<Tables['rlhf_feedback']>): TrainableFeedback {
  const { correction, remark } = Kept.parse(row.feedback_value);
  return {
    id: row.id,
    query: row.query,
    context: row.query_context,
    response: row.response,
    rating: row.rating_overall,
    dimensions: row.rating_dimensions,
    correction,
    remark,
    comment: row.text_feedback,
    person: row.person,
    responseId: row.response_id,
    tags: row.tags,
    source: row.source,
    createdAt: row.created_at,
  };
}
