import type { DemoState } from '@attune/contracts';
import type { Clock } from '../clock.ts';
import type { Database } from '../db/open.ts';

type Sql = Database['sql'];

/** Whether the demo corpus is in an organisation, as the database knows it. */
export async function storedDemo(
  sql: Sql,
  organization: string,
): Promise<Pick<DemoState, 'state' | 'started_at'>> {
  const load = await sql
    .selectFrom('demo_loads')
    .select(['started_at', 'finished_at'])
    .where('organization', '=', organization)
    .executeTakeFirst();
  if (load === undefined) return { state: 'none', started_at: null };
  return {
    state: load.finished_at === null ? 'loading' : 'loaded',
    started_at: load.started_at.toISOString(),
  };
}

/** Keeps that the demo is being loaded, or all there. */
export async function markDemo(
  sql: Sql,
  clock: Clock,
  organization: string,
  state: 'loading' | 'loaded',
): Promise<void> {
  const now = clock.now();
  const finished_at = state === 'loaded' ? now : null;
  await sql
    .insertInto('demo_loads')
    .values({ organization, started_at: now, finished_at })
    .onConflict((conflict) => conflict.column('organization').doUpdateSet({ finished_at }))
    .execute();
}

/** Whether anything was asked in an organisation. */
export async function hasAnswers(sql: Sql, organization: string): Promise<boolean> {
  const row = await sql
    .selectFrom('conversation_logs')
    .select('response_id')
    .where('organization', '=', organization)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
