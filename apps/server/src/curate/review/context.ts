import { AttuneError, type ReviewContext } from '@attune/contracts';
import { sql } from 'kysely';
import { toItems } from './items.ts';
import type { Reviewer, ReviewParts, Sql } from './review.ts';
import { similarItems } from './similar.ts';
import { suggestedTags } from './suggested-tags.ts';

const SIMILAR_SHOWN = 10;
const OTHERS_SHOWN = 50;
const DECISIONS_SHOWN = 50;

/** One item with its whole context. @throws AttuneError `feedback_not_found` */
export async function contextOf(parts: ReviewParts, reviewer: Reviewer, id: string): Promise<ReviewContext> {
  const { db } = parts;
  const { organization } = reviewer;
  const [item] = await toItems(parts, reviewer, [id]);
  if (item === undefined) throw new AttuneError('feedback_not_found', { param: 'id' });
  const { response_id: responseId, tags } = item.feedback;
  const [answer, earlier, decisions, others, similar] = await Promise.all([
    responseId === null ? null : parts.answer(organization, responseId),
    parts.feedback.earlier(organization, id),
    decisionsAbout(db, id),
    responseId === null ? [] : othersOn(parts, organization, responseId, id),
    similarItems(db, organization, id),
  ]);
  return {
    ...item,
    answer,
    earlier,
    decisions,
    others,
    similar: similar.slice(0, SIMILAR_SHOWN),
    suggested_tags: suggestedTags(tags, similar),
  };
}

async function decisionsAbout(db: Sql, id: string): Promise<ReviewContext['decisions']> {
  const rows = await db
    .selectFrom('review_changes as c')
    .innerJoin('review_decisions as d', 'd.id', 'c.decision_id')
    .select(['d.id', 'd.decision', 'd.name as by', 'd.created_at', 'c.state'])
    .where('c.feedback_id', '=', id)
    .where('c.state', 'in', ['changed', 'restored', 'kept'])
    .orderBy('d.id', 'desc')
    .limit(DECISIONS_SHOWN)
    .execute();
  return rows.map(({ created_at, state, ...row }) => ({
    ...row,
    at: created_at.toISOString(),
    undone: state === 'restored',
  }));
}

async function othersOn(
  { db, feedback }: ReviewParts,
  organization: string,
  responseId: string,
  id: string,
): Promise<ReviewContext['others']> {
  const { rows } = await sql<{ id: string }>`
    SELECT id FROM rlhf_feedback WHERE organization = ${organization} AND response_id = ${responseId}::uuid
      AND id <> ${id}::uuid ORDER BY created_at DESC, id DESC LIMIT ${OTHERS_SHOWN}`.execute(db);
  const found = await feedback.byIds(
    organization,
    rows.map((row) => row.id),
  );
  return found.toSorted((a, b) => (a.created_at < b.created_at ? 1 : -1));
}
