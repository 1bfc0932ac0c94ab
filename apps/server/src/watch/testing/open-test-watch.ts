import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, type TestContext } from 'node:test';
import type { EndpointId, Endpoints, ResponseOf, SentBy } from '@attune/contracts';
import { readConfig } from '../../config.ts';
import { openCache } from '../../platform/cache/open.ts';
import { type Clock, systemClock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/open.ts';
import {
  type DatabaseKind,
  openMigratedDatabase,
  type TestDatabase,
} from '../../platform/db/test-database.ts';
import type { Caller } from '../../platform/http/caller.ts';
import { createAudit } from '../../platform/identity/audit.ts';
import { type Log, silentLog } from '../../platform/log.ts';
import { openQueue } from '../../platform/queue/open.ts';
import { openSecretBox } from '../../platform/secret-box.ts';
import type { Activity } from '../activity.ts';
import type { AlertSources } from '../alerts/looks/alert-sources.ts';
import { openWatch, type Watch } from '../room.ts';
import { type TestReactions, testReactions } from './reactions.ts';

type Sent<Id extends EndpointId> = Partial<SentBy<Endpoints[Id]>>;

/** One replica of the room, started, for an organisation of its own. */
export interface TestWatch {
  readonly room: Watch;
  readonly reactions: TestReactions;
  readonly organization: string;
  readonly database: Database;
  /** Adds star ratings, oldest first, and tells the room of each. */
  rate(ratings: readonly number[], rewardModel?: string | null): void;
  /** Calls an endpoint as a curator. @throws AttuneError as the handler does */
  call<Id extends EndpointId>(
    id: Id,
    sent?: Sent<Id>,
    organization?: string,
  ): Promise<ResponseOf<Endpoints[Id]>>;
  fetch(id: EndpointId, signal: AbortSignal): Promise<Response>;
  /** Another replica over the same database and feedback. */
  another(): Promise<TestWatch>;
}

const opened = new Map<DatabaseKind, Promise<TestDatabase>>();
after(() => Promise.all([...opened.values()].map(async (one) => (await one).remove())));

/** One database of a kind per test file: making one costs more than a test. */
function databaseOf(kind: DatabaseKind): Promise<TestDatabase> {
  const known = opened.get(kind);
  if (known !== undefined) return known;
  const made = openMigratedDatabase(kind);
  opened.set(kind, made);
  return made;
}

export interface WatchSettings {
  readonly env?: Record<string, string>;
  readonly redisUrl?: string | undefined;
  readonly prefix?: string;
  /** What the room says; nobody listens unless given. */
  readonly log?: Log;
  readonly clock?: Clock;
  /** What other rooms would tell of answers, labels, budgets and the disk; nothing unless given. */
  readonly seen?: Partial<AlertSources>;
  /** Whether replicas do jobs of the queue; they do unless told otherwise. */
  readonly works?: boolean;
}

/** Rooms in which nothing happened. */
const quiet: Activity = {
  done: { feedback: async () => [], reviews: async () => [], judgements: async () => [] },
  members: async () => [],
};

const idle = {
  scoringLoad: () => ({ waiting: 0, origins: { memory: 0, shared: 0, made: 0 } }),
  trainingCost: async () => 0,
};

/** A machine and rooms that give no cause for an alert. */
const sources: AlertSources = {
  recentAnswers: async () => ({ asked: 0, failed: 0, seconds: [] }),
  rewardsIn: async () => [],
  rewardsOf: async () => new Map(),
  labelsIn: async () => [],
  inTraffic: () => ['reward@1.0.0'],
  budget: async () => ({ limit: null, spent: 0, committed: 0 }),
  lostJobs: async () => [],
  disk: async () => ({ free: 50, total: 100 }),
};

let keys: Promise<string> | undefined;
/** Replicas share a data folder, and its key. */
function keyFolder(): Promise<string> {
  keys ??= mkdtemp(join(tmpdir(), 'attune-'));
  return keys;
}
after(async () => {
  if (keys !== undefined) await rm(await keys, { recursive: true });
});

let organizations = 0;

/** Opens and starts the room on a database of a kind, for a new organisation; the test stops it. */
export async function openTestWatch(
  t: Pick<TestContext, 'after'>,
  kind: DatabaseKind,
  {
    env = {},
    redisUrl,
    prefix = 'attune-test:',
    log = silentLog,
    clock = systemClock,
    seen = {},
    works = true,
  }: WatchSettings = {},
): Promise<TestWatch> {
  const { database } = await databaseOf(kind);
  const organization = `organization-${++organizations}`;
  await database.sql.insertInto('organizations').values({ id: organization, name: organization }).execute();
  const reactions = testReactions();
  const another = async (): Promise<TestWatch> => {
    const { cache } = await openCache({ redisUrl, log: silentLog, prefix });
    const queue = await openQueue({ database, log: silentLog });
    const folder = await keyFolder();
    const secrets = await openSecretBox(folder);
    const audit = createAudit(database, clock);
    const platform = { config: readConfig(env), log, clock, database, queue, cache, audit, secrets };
    const room = openWatch(platform, reactions, quiet, { ...sources, ...seen }, idle);
    await room.start();
    if (works) await queue.start();
    t.after(async () => {
      await queue.stop(1000);
      await room.stop();
      await cache.close();
    });
    return {
      room,
      reactions,
      organization,
      database,
      another,
      rate: rating(room, reactions, organization),
      ...calling(room, organization),
    };
  };
  return another();
}

function rating(room: Watch, reactions: TestReactions, organization: string): TestWatch['rate'] {
  let given = 0;
  return (ratings, rewardModel = 'reward@1.0.0') => {
    for (const one of ratings) {
      reactions.rate(organization, rewardModel, [one]);
      const id = `${given++}`;
      room.feedback.recorded({
        id,
        organization,
        responseId: null,
        rewardModel,
        type: 'rating',
        source: 'user',
        rating: one,
        thumbs: null,
        safetyReported: false,
        isNew: true,
      });
    }
  };
}

function calling(room: Watch, own: string): Pick<TestWatch, 'call' | 'fetch'> {
  const respond = (
    id: EndpointId,
    organization: string,
    signal: AbortSignal,
    sent: { params?: unknown; query?: unknown; body?: unknown },
  ) => {
    const route = room.routes.find(({ endpoint }) => endpoint.id === id);
    if (route === undefined) throw new Error(`the room has no route ${id}`);
    const call = {
      caller: curatorOf(organization),
      params: asText(sent.params),
      query: asText(sent.query),
      body: sent.body,
    };
    return route.respond({ ...call, requestId: 'test', log: silentLog, signal });
  };
  return {
    fetch: (id, signal) => respond(id, own, signal, {}),
    call: async (id, sent = {}, organization = own) => {
      const response = await respond(id, organization, new AbortController().signal, sent);
      // The handler's answer is typed by the endpoint; JSON forgets that.
      return (await response.json()) as ResponseOf<Endpoints[typeof id]>;
    },
  };
}

function curatorOf(organization: string): Caller {
  const who = { principal: 'member:1', name: 'Cura Tor', email: 'curator@example.com' };
  return { kind: 'member', organization, role: 'curator', scopes: [], ...who };
}

function asText(fields: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries(Object(fields)).map(([name, value]) => [name, String(value)]));
}
