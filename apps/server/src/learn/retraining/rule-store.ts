import type { Insertable, Selectable, Updateable } from 'kysely';
import type { Database } from '../../platform/db/open.ts';
import type { Tables } from '../../platform/db/tables.ts';

export type Sql = Database['sql'];
export type RuleRow = Selectable<Tables['retraining_rules']>;

type RuleChange = Omit<Updateable<Tables['retraining_rules']>, 'revision'>;

/** A rule of an organisation. */
export interface RuleKey {
  readonly organization: string;
  readonly id: string;
}

/** Adds a rule; undefined when its name is taken. */
export function insertRule(
  sql: Sql,
  row: Insertable<Tables['retraining_rules']>,
): Promise<RuleRow | undefined> {
  return sql
    .insertInto('retraining_rules')
    .values(row)
    .onConflict((taken) => taken.columns(['organization', 'name']).doNothing())
    .returningAll()
    .executeTakeFirst();
}

export function findRule(sql: Sql, { organization, id }: RuleKey): Promise<RuleRow | undefined> {
  return sql
    .selectFrom('retraining_rules')
    .selectAll()
    .where('organization', '=', organization)
    .where('id', '=', id)
    .executeTakeFirst();
}

export async function isNameTaken(sql: Sql, organization: string, name: string): Promise<boolean> {
  const rows = sql.selectFrom('retraining_rules').select('id').where('organization', '=', organization);
  return (await rows.where('name', '=', name).executeTakeFirst()) !== undefined;
}

/** Newest first. */
export function listRules(
  sql: Sql,
  organization: string,
  before: string | undefined,
  limit: number,
): Promise<RuleRow[]> {
  let rows = sql.selectFrom('retraining_rules').selectAll().where('organization', '=', organization);
  if (before !== undefined) rows = rows.where('id', '<', before);
  return rows.orderBy('id', 'desc').limit(limit).execute();
}

/** The rules of every organisation that are to be looked at. */
export function activeRules(sql: Sql): Promise<RuleRow[]> {
  return sql.selectFrom('retraining_rules').selectAll().where('paused', '=', false).orderBy('id').execute();
}

/** Changes a rule, whatever has become of it; undefined when it is gone. */
export function changeRule(sql: Sql, key: RuleKey, change: RuleChange): Promise<RuleRow | undefined> {
  return changing(sql, key, change).returningAll().executeTakeFirst();
}

/** Changes a rule if nobody has since it was read; undefined when somebody has. */
export function changeIfUnchanged(sql: Sql, rule: RuleRow, change: RuleChange): Promise<RuleRow | undefined> {
  return changing(sql, rule, change).where('revision', '=', rule.revision).returningAll().executeTakeFirst();
}

function changing(sql: Sql, { organization, id }: RuleKey, change: RuleChange) {
  return sql
    .updateTable('retraining_rules')
    .set((is) => ({ ...change, revision: is('revision', '+', 1) }))
    .where('organization', '=', organization)
    .where('id', '=', id);
}

/** Deletes a rule with its runs and its log. */
export async function deleteRule(sql: Sql, { organization, id }: RuleKey): Promise<void> {
  const rows = sql.deleteFrom('retraining_rules').where('organization', '=', organization);
  await rows.where('id', '=', id).execute();
}
