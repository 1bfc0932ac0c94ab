import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { Role } from '@attune/contracts';
import { sumUnits } from '@attune/core';
import { sql as raw } from 'kysely';
import { readConfig } from '../../config.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/open.ts';
import type { DatabaseKind } from '../../platform/db/test-database.ts';
import { createAudit } from '../../platform/identity/audit.ts';
import { silentLog } from '../../platform/log.ts';
import { openQueue } from '../../platform/queue/open.ts';
import { openSecretBox, type SecretBox } from '../../platform/secret-box.ts';
import { type Calls, callsTo } from '../../testing/calls.ts';
import { groundOf, newOrganizations } from '../../testing/ground.ts';
import { openReports } from '../reports/open-reports.ts';
import type { ReportSources } from '../reports/report-sources.ts';

/** Reports of an organisation of its own, over what a test says that other rooms tell. */
export interface TestReports extends Calls {
  readonly organization: string;
  readonly other: string;
  readonly database: Database;
  readonly box: SecretBox;
  as(role: Role): Calls;
  /** Makes the organisation as old as that. */
  olden(since: Date): Promise<void>;
  /** Starts the duty and its queue as one more replica. */
  start(): Promise<void>;
}

const noUnits = sumUnits([]);

/** Rooms in which nothing happened. */
const quiet: ReportSources = {
  answers: async () => ({
    answers: 0,
    tokens: 0,
    users: 0,
    newUsers: 0,
    latency: noUnits,
    errorRate: noUnits,
    tokensEach: noUnits,
    retries: noUnits,
  }),
  feedback: async () => ({
    feedback: 0,
    comments: 0,
    satisfaction: noUnits,
    rating: noUnits,
    thumbs: noUnits,
    harm: noUnits,
  }),
  said: async () => [],
  stillThere: async (_, ids) => new Set(ids),
  embed: async (texts) => texts.map(() => Float32Array.of(1)),
  rewardsIn: async () => [],
  inTraffic: () => [],
  models: async () => ({ registered: [], ramps: [], experiments: [], unmeasured: [], rampedUp: null }),
  agreement: async () => [],
  training: async () => ({ runs: [], cost: 0 }),
  rules: async () => [],
  newRatings: async () => 0,
  openPairs: async () => 0,
  openComparison: async () => null,
};

/** Opens reports on a database of a kind; what was started ends with the test. */
export async function openTestReports(
  t: TestContext,
  kind: DatabaseKind,
  clock: Clock,
  seen: Partial<ReportSources> = {},
): Promise<TestReports> {
  const ground = await groundOf(kind);
  const [organization, other] = await newOrganizations(ground);
  const { database } = ground;
  const folder = await mkdtemp(join(tmpdir(), 'attune-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const box = await openSecretBox(folder);
  const open = async () => {
    const queue = await openQueue({ database, log: silentLog });
    t.after(() => queue.stop(1000));
    const config = readConfig({ ATTUNE_ALERT_WEBHOOK_PRIVATE: 'true' });
    const audit = createAudit(database, clock);
    const platform = { config, log: silentLog, clock, database, queue, audit, secrets: box };
    return { queue, reports: openReports(platform, { ...quiet, ...seen }) };
  };
  const start = async () => {
    const { queue, reports } = await open();
    await reports.start();
    await queue.start();
  };
  const { routes } = (await open()).reports;
  const as = (role: Role) => callsTo(routes, organization, role);
  const olden = async (since: Date) => {
    // When an organisation began is never changed by the server itself.
    await raw`UPDATE organizations SET created_at = ${since} WHERE id = ${organization}`.execute(
      database.sql,
    );
  };
  return {
    organization,
    other,
    database,
    box,
    as,
    olden,
    start,
    ...callsTo(routes, organization, 'trainer'),
  };
}
