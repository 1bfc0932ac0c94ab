import { earlierTurns } from '@attune/core';
import { type Kysely, sql } from 'kysely';
import type { Tables } from '../platform/db/tables.ts';

/** A question with the different answers that competed for it. */
export interface CompetingAnswers {
  readonly responseId: string;
  readonly query: string;
  /** Earlier turns as one text; null where it was the first. */
  readonly context: string | null;
  readonly candidates: readonly {
    readonly text: string;
    readonly model: string;
    readonly score: number | null;
  }[];
}

/** Newest answers that are looked at: enough for any project, and bounded however few have two candidates. */
const LOOKED_AT = 50_000;

/** Delivered answers that had two or more different candidates, newest first. */
export async function competingAnswers(
  db: Kysely<Tables>,
  organization: string,
  { since, limit }: { readonly since: Date | null; readonly limit: number },
): Promise<CompetingAnswers[]> {
  let newest = db.selectFrom('conversation_logs').selectAll().where('organization', '=', organization);
  if (since !== null) newest = newest.where('timestamp', '>=', since);
  const rows = await db
    .selectFrom(newest.orderBy('response_id', 'desc').limit(LOOKED_AT).as('newest'))
    .select(['response_id', 'query', 'context', 'policy', 'all_candidates'])
    .where('status', '=', 'delivered')
    .where(sql<boolean>`jsonb_array_length(all_candidates) >= 2`)
    .orderBy('response_id', 'desc')
    .limit(limit)
    .execute();
  return rows.flatMap(({ response_id, query, context, policy, all_candidates }) => {
    const written = all_candidates.filter(({ error, text }) => error === undefined && text.trim() !== '');
    const distinct = [...new Map(written.map((candidate) => [candidate.text.trim(), candidate])).values()];
    if (distinct.length < 2) return [];
    const candidates = distinct.map(({ text, generation_method, reward_score }) => ({
      text,
      model: `${policy} ${generation_method}`,
      score: reward_score,
    }));
    return { responseId: response_id, query, context: earlierTurns(context) || null, candidates };
  });
}
