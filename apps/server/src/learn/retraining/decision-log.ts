import type { RetrainingDecision, RetrainingEvent, RetrainingLook } from '@attune/contracts';
import type { Selectable } from 'kysely';
import { storable, storableJson } from '../../platform/db/storable.ts';
import type { Tables } from '../../platform/db/tables.ts';
import { newId } from '../../platform/ids.ts';
import type { RuleKey, Sql } from './rule-store.ts';

export type DecisionRow = Selectable<Tables['retraining_decisions']>;

/** What is to stand in a rule's log, beside what happened. */
export interface Noted {
  readonly at: Date;
  readonly by?: string | null;
  readonly run?: string;
  readonly look?: RetrainingLook;
  readonly detail?: string;
}

/** Writes a line into a rule's log. */
export async function note(sql: Sql, rule: RuleKey, event: RetrainingEvent, noted: Noted): Promise<void> {
  const { at, by = null, run = null, look, detail = null } = noted;
  const row = {
    id: newId(),
    rule_id: rule.id,
    organization: rule.organization,
    at,
    event,
    by,
    run_id: run,
    look: look === undefined ? null : storableJson(look),
    detail: detail === null ? null : storable(detail),
  };
  await sql.insertInto('retraining_decisions').values(row).execute();
}

/** Newest first. */
export function listDecisions(
  sql: Sql,
  { organization, id }: RuleKey,
  before: string | undefined,
  limit: number,
): Promise<DecisionRow[]> {
  let rows = sql
    .selectFrom('retraining_decisions')
    .selectAll()
    .where('organization', '=', organization)
    .where('rule_id', '=', id);
  if (before !== undefined) rows = rows.where('id', '<', before);
  return rows.orderBy('id', 'desc').limit(limit).execute();
}

export function decisionView({ id, at, event, by, run_id, look, detail }: DecisionRow): RetrainingDecision {
  return { id, at: at.toISOString(), event, by, run_id, look, detail };
}
