import { AttuneError, type DemoState, getDemo, loadDemo, markDemo, removeDemo } from '@attune/contracts';
import type { Blobs } from '../blobs/blobs.ts';
import { againAfterDeadlock } from '../db/again-after-deadlock.ts';
import { type Route, route } from '../http/route.ts';
import { deleteUnused } from './demo-files.ts';
import type { DemoLoads, DemoNeeds } from './demo-loads.ts';
import { hasAnswers, markDemo as mark, storedDemo } from './demo-state.ts';
import { removeDemo as remove } from './remove-demo.ts';

interface DemoRoutesNeeds extends Omit<DemoNeeds, 'authenticator' | 'log'> {
  readonly blobs: Blobs;
  readonly loads: DemoLoads;
}

/** Whether demo data is there, its loading and its removal. */
export function demoRoutes(needs: DemoRoutesNeeds): Route[] {
  const { database, clock, blobs, loads } = needs;
  const stateOf = async (organization: string): Promise<DemoState> => ({
    ...(await storedDemo(database.sql, organization)),
    ...loads.stateOf(organization),
  });
  return [
    route(getDemo, ({ caller }) => stateOf(caller.organization)),
    route(markDemo, async ({ caller: { organization }, body }) => {
      await mark(database.sql, clock, organization, body.state);
      return stateOf(organization);
    }),
    route(loadDemo, async ({ caller: { organization, principal } }) => {
      const { state } = await storedDemo(database.sql, organization);
      if (state === 'loaded' || loads.isRunning(organization)) return stateOf(organization);
      if (state === 'none' && (await hasAnswers(database.sql, organization))) {
        throw new AttuneError('organization_not_empty');
      }
      await mark(database.sql, clock, organization, 'loading');
      loads.start(organization, principal);
      return stateOf(organization);
    }),
    route(removeDemo, async ({ caller: { organization, principal } }) => {
      await loads.stop(organization);
      const { files, ...removed } = await removeRows(needs, organization, principal);
      await deleteUnused(database.sql, blobs, files);
      return removed;
    }),
  ];
}

const nothing = { answers: 0, feedback: 0, pairs: 0, datasets: 0, models: 0, files: [] };

function removeRows({ database, clock, audit }: DemoRoutesNeeds, organization: string, actor: string) {
  return againAfterDeadlock(() =>
    database.sql.transaction().execute(async (transaction) => {
      const load = await transaction
        .deleteFrom('demo_loads')
        .where('organization', '=', organization)
        .returning(['started_at', 'finished_at'])
        .executeTakeFirst();
      if (load === undefined) return nothing;
      const removed = await remove(transaction, organization, {
        from: load.started_at,
        to: load.finished_at ?? clock.now(),
      });
      const { files, ...details } = removed;
      const subject = `organization:${organization}`;
      await audit.record({ organization, actor, action: 'demo.removed', subject, details }, transaction);
      return removed;
    }),
  );
}
