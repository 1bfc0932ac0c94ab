import { getSelfTest, type SelfTest } from '@attune/contracts';
import { type Route, route } from '../../platform/http/route.ts';
import type { ShipPlatform } from '../ship-platform.ts';
import { RUN_MS, SelfTestClock, type SelfTestNeeds, verdictOf } from './self-test-clock.ts';
import { findSelfTest, type SelfTestRow } from './self-test-store.ts';

/** The standing A/A test of experiments. */
interface SelfTestDuty {
  readonly routes: Route[];
  /** Looks at what is due, once: for those who do not wait for the clock. */
  tick(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Opens the self-test over what users got and said. */
export function openSelfTest(
  platform: Pick<ShipPlatform, 'database' | 'clock' | 'log'>,
  needs: SelfTestNeeds,
): SelfTestDuty {
  const clock = new SelfTestClock(platform, needs);
  return {
    routes: [
      route(getSelfTest, async ({ caller: { organization } }) => {
        const row = await findSelfTest(platform.database.sql, organization);
        return { self_test: row === undefined ? null : selfTestView(row) };
      }),
    ],
    tick: () => clock.tick(),
    start: async () => clock.start(),
    stop: () => clock.stop(),
  };
}

function selfTestView({ started_at, results, looks }: SelfTestRow): SelfTest {
  return {
    started_at: started_at.toISOString(),
    ends_at: new Date(started_at.getTime() + RUN_MS).toISOString(),
    verdict: results === null ? 'not_enough_data' : verdictOf(results),
    results,
    looks,
  };
}
