import type { Review, ReviewItem } from '@attune/contracts';
import { sql } from 'kysely';
import type { Reviewer, ReviewParts, Sql } from './review.ts';

/** Items by id, in the order of the ids; those that are gone are left out. */
export async function toItems(
  parts: ReviewParts,
  reviewer: Reviewer,
  ids: readonly string[],
): Promise<ReviewItem[]> {
  if (ids.length === 0) return [];
  const { organization, principal } = reviewer;
  const [said, reviews] = await Promise.all([
    parts.feedback.byIds(organization, ids),
    reviewRows(parts.db, organization, ids, parts.clock.now()),
  ]);
  const feedback = new Map(said.map((row) => [row.id, row]));
  const review = new Map(reviews.map((row) => [row.id, toReview(row, principal)]));
  return ids.flatMap((id) => {
    const [what, how] = [feedback.get(id), review.get(id)];
    return what === undefined || how === undefined ? [] : [{ feedback: what, review: how }];
  });
}

interface ReviewRow {
  id: string;
  assigned_to: string | null;
  assignee_name: string | null;
  review_note: string | null;
  review_correction: string | null;
  review_priority: number;
  review_disagreement: number | null;
  score: number | null;
  holder: string | null;
  holder_name: string | null;
  until: Date | null;
}

async function reviewRows(
  db: Sql,
  organization: string,
  ids: readonly string[],
  now: Date,
): Promise<ReviewRow[]> {
  const { rows } = await sql<ReviewRow>`
    SELECT f.id, f.assigned_to, coalesce(nullif(m.name, ''), m.email) AS assignee_name, f.review_note,
      f.review_correction, f.review_priority, f.review_disagreement, i.score, r.holder, r.holder_name, r.until
    FROM rlhf_feedback f
    LEFT JOIN review_index i ON i.feedback_id = f.id
    LEFT JOIN review_reservations r ON r.feedback_id = f.id AND r.until > ${now}
    LEFT JOIN members m ON m.id = f.assigned_to
    WHERE f.organization = ${organization} AND f.id = ANY(${[...ids]}::uuid[])`.execute(db);
  return rows;
}

function toReview(row: ReviewRow, principal: string): Review {
  const { holder_name: by, until } = row;
  return {
    assigned_to: row.assigned_to === null ? null : { id: row.assigned_to, name: row.assignee_name ?? '' },
    note: row.review_note,
    correction: row.review_correction,
    score: row.score,
    disagreement: row.review_disagreement,
    priority: row.review_priority,
    reserved:
      by === null || until === null
        ? null
        : { by, mine: row.holder === principal, until: until.toISOString() },
  };
}
