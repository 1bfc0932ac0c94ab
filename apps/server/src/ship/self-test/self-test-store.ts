import { sql as raw, type Selectable, type Updateable } from 'kysely';
import type { Database } from '../../platform/db/open.ts';
import type { Tables } from '../../platform/db/tables.ts';

type Sql = Database['sql'];
export type SelfTestRow = Selectable<Tables['self_tests']>;

/** Begins a test in every organisation that has none. */
export async function beginMissing(sql: Sql, now: Date): Promise<void> {
  await raw`
    INSERT INTO self_tests (organization, salt, started_at)
    SELECT id, gen_random_uuid(), ${now} FROM organizations
    ON CONFLICT DO NOTHING`.execute(sql);
}

/** Takes up every test whose time to be looked at has come; until `until` it is this replica's alone. */
export function claimSelfTests(sql: Sql, now: Date, until: Date): Promise<SelfTestRow[]> {
  return sql
    .updateTable('self_tests')
    .set({ next_look_at: until })
    .where((is) => is.or([is('next_look_at', 'is', null), is('next_look_at', '<=', now)]))
    .returningAll()
    .execute();
}

export async function findSelfTest(sql: Sql, organization: string): Promise<SelfTestRow | undefined> {
  return await sql
    .selectFrom('self_tests')
    .selectAll()
    .where('organization', '=', organization)
    .executeTakeFirst();
}

export async function updateSelfTest(
  sql: Sql,
  organization: string,
  change: Updateable<Tables['self_tests']>,
): Promise<void> {
  await sql.updateTable('self_tests').set(change).where('organization', '=', organization).execute();
}
