import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, type TestContext } from 'node:test';
import {
  type EndpointId,
  type Endpoints,
  endpoints,
  type Ramp,
  type ResponseOf,
  type SentBy,
} from '@attune/contracts';
import { readConfig } from '../../config.ts';
import type { Blobs } from '../../platform/blobs/blobs.ts';
import { openBlobs } from '../../platform/blobs/local-folder.ts';
import { openCache } from '../../platform/cache/open.ts';
import { migrate } from '../../platform/db/migrate.ts';
import { type Database, openDatabase } from '../../platform/db/open.ts';
import { type DatabaseKind, openTestDatabase } from '../../platform/db/test-database.ts';
import { createAudit } from '../../platform/identity/audit.ts';
import { newId } from '../../platform/ids.ts';
import { silentLog } from '../../platform/log.ts';
import type { Observations } from '../observe.ts';
import { openShip, type Ship } from '../room.ts';
import type { ShipPlatform } from '../ship-platform.ts';
import { HeldClock } from './held-clock.ts';
import { tinyModel } from './tiny-model.ts';

/** A room on a database, called as the HTTP server would for an organisation of its own. */
export interface TestShip {
  readonly ship: Ship;
  readonly platform: ShipPlatform;
  readonly clock: HeldClock;
  readonly organization: string;
  /** Another organisation on the same database. */
  readonly other: string;
  /** What the ramps see; nothing unless a test puts something in its place. */
  readonly seen: { -readonly [Name in keyof Observations]: Observations[Name] };
  /** Ramps that were told to be rolled back. */
  readonly rolledBack: Ramp[];
  /** Calls an endpoint as an organisation's trainer, and checks its answer. @throws AttuneError as the handler does */
  call<Id extends EndpointId>(
    id: Id,
    sent?: Sent<Id>,
    organization?: string,
  ): Promise<ResponseOf<Endpoints[Id]>>;
  /** Registers a model that can score, made by a job of its own; gives its `name@version`. */
  register(name?: string): Promise<string>;
  /** One more replica: its own connections where the database allows, its own cache, the same blobs and clock. */
  another(): Promise<TestShip>;
}

interface Sent<Id extends EndpointId> {
  readonly params?: SentBy<Endpoints[Id]>['params'];
  readonly query?: SentBy<Endpoints[Id]>['query'];
  readonly body?: SentBy<Endpoints[Id]>['body'];
}

const nothingSeen: Observations = {
  answers: async () => ({ answers: 0, failed: 0, p95LatencyMs: null }),
  ratings: async () => ({ n: 0, mean: null, variance: null }),
};

interface Ground {
  readonly database: Database;
  readonly openAgain: () => Promise<Database>;
  readonly blobs: Blobs;
  readonly artifact: Uint8Array;
}

// Making a database takes seconds: the tests of a file share one of each kind, and each has organisations of its own.
const grounds = new Map<DatabaseKind, Promise<Ground>>();
const closers: (() => Promise<void>)[] = [];
after(async () => {
  for (const close of closers.reverse()) await close();
});

async function prepareGround(kind: DatabaseKind): Promise<Ground> {
  const { database, options, remove } = await openTestDatabase(kind);
  closers.push(remove);
  await migrate(database, silentLog);
  const folder = await mkdtemp(join(tmpdir(), 'attune-'));
  closers.push(() => rm(folder, { recursive: true, force: true }));
  // The embedded database is open in one process only, once; there replicas share the connections.
  const openAgain = async () => (kind === 'pglite' ? database : await openDatabase(options));
  return { database, openAgain, blobs: await openBlobs(folder), artifact: await tinyModel() };
}

/** Opens the room on a database of a kind and starts it; everything ends with the test. */
export async function openTestShip(t: TestContext, kind: DatabaseKind): Promise<TestShip> {
  const preparing = grounds.get(kind) ?? prepareGround(kind);
  grounds.set(kind, preparing);
  const ground = await preparing;
  const [organization, other] = [newId(), newId()];
  const { sql } = ground.database;
  await sql
    .insertInto('organizations')
    .values([organization, other].map((id) => ({ id, name: id })))
    .execute();
  const clock = new HeldClock();
  const seen = { ...nothingSeen };
  const ends: (() => Promise<void>)[] = [];
  t.after(async () => {
    for (const end of ends.reverse()) await end();
    // The clocks of later tests shall not find it.
    await sql.updateTable('ramps').set({ state: 'superseded' }).where('state', '=', 'ramping').execute();
  });

  const replica = async (database: Database): Promise<TestShip> => {
    const { cache } = await openCache({ log: silentLog });
    ends.push(() => cache.close());
    const audit = createAudit(database, clock);
    const platform = {
      config: readConfig({}),
      log: silentLog,
      clock,
      database,
      cache,
      blobs: ground.blobs,
      audit,
    };
    const rolledBack: Ramp[] = [];
    const ship = openShip(platform, { observations: seen, onRollback: (ramp) => void rolledBack.push(ramp) });
    await ship.start();
    ends.push(() => ship.stop());
    const register = (name = 'reward') => registerModel(ship, database, ground.artifact, name, organization);
    const call = caller(ship, organization);
    return { ship, platform, clock, organization, other, seen, rolledBack, call, register, another };
  };
  const another = async () => {
    const database = await ground.openAgain();
    if (database !== ground.database) ends.push(() => database.close());
    return await replica(database);
  };
  return await replica(ground.database);
}

async function registerModel(
  ship: Ship,
  { sql }: Database,
  artifact: Uint8Array,
  name: string,
  organization: string,
): Promise<string> {
  const [jobId, datasetId] = [newId(), newId()];
  await sql
    .insertInto('training_datasets')
    .values({
      id: datasetId,
      organization,
      name: 'd',
      description: '',
      dataset_type: 'reward',
      status: 'ready',
      feedback_ids: [],
      sample_count: 0,
      pair_count: 0,
    })
    .execute();
  await sql
    .insertInto('fine_tuning_jobs')
    .values({
      id: jobId,
      organization,
      dataset_id: datasetId,
      provider: 'local',
      base_model: 'static',
      model_name: name,
      status: 'training',
      hyperparameters: '{}',
    })
    .execute();
  const trained = {
    organization,
    name,
    jobId,
    datasetId,
    baseModel: 'static',
    card: {},
    metrics: {},
    artifact,
  };
  return (await ship.registry.register(trained)).modelId;
}

function caller(ship: Ship, own: string): TestShip['call'] {
  return async (id, sent, organization = own) => {
    const route = ship.routes.find(({ endpoint }) => endpoint.id === id);
    if (route === undefined) throw new Error(`the room has no route ${id}`);
    const response = await route.respond({
      caller: {
        kind: 'member',
        organization,
        role: 'trainer',
        scopes: [],
        principal: 'member:1',
        name: 'Tina Trainer',
        email: null,
      },
      params: asText(sent?.params),
      query: asText(sent?.query),
      body: sent?.body ?? {},
      requestId: 'test',
      log: silentLog,
      signal: new AbortController().signal,
    });
    const answer = JSON.parse(await response.text());
    endpoints[id].response.parse(answer);
    return answer;
  };
}

function asText(fields: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries(fields ?? {}).map(([name, value]) => [name, String(value)]));
}
