import { type Asked, earlierTurns } from '@attune/core';
import { type Kysely, type Selectable, sql } from 'kysely';
import type { Tables } from '../platform/db/tables.ts';
import { deliveredCandidate } from './delivered-candidate.ts';

/** A delivered answer with the candidates that competed for it, and how likely each was to be delivered. */
export interface ChosenAnswer {
  readonly responseId: string;
  /** By whom its model was chosen: the user, else the session, else the answer itself. */
  readonly unit: string;
  readonly asked: Asked;
  /** Id of the candidate that was delivered. */
  readonly delivered: string;
  readonly candidates: readonly {
    readonly id: string;
    readonly text: string;
    readonly propensity: number;
    readonly failedChecks: readonly string[];
  }[];
}

type Row = Pick<
  Selectable<Tables['conversation_logs']>,
  'response_id' | 'user_id' | 'session_id' | 'query' | 'context' | 'selected_response' | 'all_candidates'
>;

/**
 * Some answers of an organisation as they were chosen, in no order. Left out are imported ones, and those of which it
 * cannot be told what was delivered how likely.
 */
export async function chosenAnswers(
  db: Kysely<Tables>,
  organization: string,
  responseIds: readonly string[],
): Promise<ChosenAnswer[]> {
  const rows = await db
    .selectFrom('conversation_logs')
    .select([
      'response_id',
      'user_id',
      'session_id',
      'query',
      'context',
      'selected_response',
      'all_candidates',
    ])
    .where('organization', '=', organization)
    .where(sql<boolean>`response_id = ANY (${[...responseIds]}::uuid[])`)
    .where('status', '=', 'delivered')
    .where('import_key', 'is', null)
    .execute();
  return rows.flatMap((row) => chosenIn(row) ?? []);
}

function chosenIn(row: Row): ChosenAnswer | null {
  const delivered = deliveredCandidate(row);
  if (delivered === undefined || !((delivered.propensity ?? 0) > 0)) return null;
  const merged = new Set(row.all_candidates.flatMap((candidate) => candidate.merged));
  const candidates = row.all_candidates.flatMap(({ id, text, error, propensity, failed_checks }) =>
    // What was merged into another did not compete, nor did what came too late to be scored.
    error !== undefined || propensity === null || merged.has(id)
      ? []
      : [{ id, text, propensity, failedChecks: failed_checks }],
  );
  return {
    responseId: row.response_id,
    unit: row.user_id ?? row.session_id ?? row.response_id,
    asked: { query: row.query, context: earlierTurns(row.context) },
    delivered: delivered.id,
    candidates,
  };
}
