import { type DemoState, getDemo, markDemo, removeDemo } from '@attune/contracts';
import type { Clock } from '../clock.ts';
import { againAfterDeadlock } from '../db/again-after-deadlock.ts';
import type { Database } from '../db/open.ts';
import { type Route, route } from '../http/route.ts';
import type { Audit } from '../identity/audit.ts';
import { removeDemo as remove } from './remove-demo.ts';

interface DemoNeeds {
  readonly database: Database;
  readonly clock: Clock;
  readonly audit: Audit;
}

/** Whether demo data is there, and its removal. */
export function demoRoutes({ database, clock, audit }: DemoNeeds): Route[] {
  return [
    route(getDemo, ({ caller }) => stateOf(database.sql, caller.organization)),
    route(markDemo, async ({ caller: { organization }, body }) => {
      const now = clock.now();
      const finished_at = body.state === 'loaded' ? now : null;
      await database.sql
        .insertInto('demo_loads')
        .values({ organization, started_at: now, finished_at })
        .onConflict((conflict) => conflict.column('organization').doUpdateSet({ finished_at }))
        .execute();
      return stateOf(database.sql, organization);
    }),
    route(removeDemo, ({ caller: { organization, principal: actor } }) =>
      againAfterDeadlock(() =>
        database.sql.transaction().execute(async (transaction) => {
          const load = await transaction
            .deleteFrom('demo_loads')
            .where('organization', '=', organization)
            .returning(['started_at', 'finished_at'])
            .executeTakeFirst();
          if (load === undefined) return { answers: 0, feedback: 0, pairs: 0, datasets: 0, models: 0 };
          const removed = await remove(transaction, organization, {
            from: load.started_at,
            to: load.finished_at ?? clock.now(),
          });
          const subject = `organization:${organization}`;
          const act = { organization, actor, action: 'demo.removed', subject, details: removed };
          await audit.record(act, transaction);
          return removed;
        }),
      ),
    ),
  ];
}

async function stateOf(sql: Database['sql'], organization: string): Promise<DemoState> {
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
