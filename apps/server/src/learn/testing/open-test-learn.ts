import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import {
  AttuneError,
  type EndpointId,
  type Endpoints,
  endpoints,
  type ResponseOf,
  type SentBy,
} from '@attune/contracts';
import { openBlobs } from '../../platform/blobs/local-folder.ts';
import { openCache } from '../../platform/cache/open.ts';
import { systemClock } from '../../platform/clock.ts';
import { migrate } from '../../platform/db/migrate.ts';
import type { Database } from '../../platform/db/open.ts';
import { type DatabaseKind, openTestDatabase } from '../../platform/db/test-database.ts';
import { createAudit } from '../../platform/identity/audit.ts';
import { newId } from '../../platform/ids.ts';
import { silentLog } from '../../platform/log.ts';
import { openQueue } from '../../platform/queue/open.ts';
import type { LearnPlatform } from '../learn.ts';
import { type LearnRoom, openLearn } from '../room.ts';
import { CollectedModels } from './collected-models.ts';
import { modelsFolder } from './demo-snapshot.ts';
import { type GivenRows, StoredDatasets } from './stored-datasets.ts';

/** A room on a database, called as the HTTP server would for an organisation of its own. */
export interface TestLearn {
  readonly platform: LearnPlatform;
  readonly models: CollectedModels;
  readonly organization: string;
  /** Another organisation on the same database. */
  readonly other: string;
  /** Freezes rows into a data set of that name; gives its id. */
  freeze(name: string, rows: GivenRows): Promise<string>;
  /** Calls an endpoint as an organisation's trainer, and checks its answer. @throws AttuneError as the handler does */
  call<Id extends EndpointId>(
    id: Id,
    sent?: Sent<Id>,
    organization?: string,
  ): Promise<ResponseOf<Endpoints[Id]>>;
  /** As `call`, for streams. */
  fetch<Id extends EndpointId>(id: Id, sent?: Sent<Id>, organization?: string): Promise<Response>;
  /** The same room on a further replica, for the same organisation; `running` ones take up jobs. */
  replica(running: boolean): Promise<TestLearn & { stop(): Promise<void> }>;
}

interface Sent<Id extends EndpointId> {
  readonly params?: SentBy<Endpoints[Id]>['params'];
  readonly query?: SentBy<Endpoints[Id]>['query'];
  readonly body?: SentBy<Endpoints[Id]>['body'];
}

interface Ground {
  readonly database: Database;
  readonly blobFolder: string;
  readonly datasets: StoredDatasets;
  readonly models: CollectedModels;
}

// Making a database takes seconds: the tests of a file share one of each kind, and each has organisations of its own.
const grounds = new Map<DatabaseKind, Promise<Ground>>();
const closers: (() => Promise<void>)[] = [];
after(async () => {
  for (const close of closers.reverse()) await close();
});

async function prepareGround(kind: DatabaseKind): Promise<Ground> {
  const { database, remove } = await openTestDatabase(kind);
  closers.push(remove);
  await migrate(database, silentLog);
  const blobFolder = await mkdtemp(join(tmpdir(), 'attune-'));
  closers.push(() => rm(blobFolder, { recursive: true, force: true }));
  return { database, blobFolder, datasets: new StoredDatasets(database), models: new CollectedModels() };
}

/** Opens the room for a new organisation on a database of a kind. It takes up no jobs; its running replicas do. */
export async function openTestLearn(kind: DatabaseKind): Promise<TestLearn> {
  const preparing = grounds.get(kind) ?? prepareGround(kind);
  grounds.set(kind, preparing);
  const ground = await preparing;
  const [organization, other] = [newId(), newId()];
  const names = [organization, other].map((id) => ({ id, name: id }));
  await ground.database.sql.insertInto('organizations').values(names).execute();

  const replica = async (running: boolean) => {
    const { room, platform, stop } = await openRoom(ground, running);
    const freeze = (name: string, rows: GivenRows) => ground.datasets.freeze(organization, name, rows);
    const callers = callersOf(room, organization);
    return { platform, models: ground.models, organization, other, freeze, replica, stop, ...callers };
  };
  const { stop, ...test } = await replica(false);
  closers.push(stop);
  return test;
}

async function openRoom({ database, blobFolder, datasets, models }: Ground, running: boolean) {
  const { cache } = await openCache({ log: silentLog });
  const queue = await openQueue({ database, log: silentLog });
  const platform: LearnPlatform = {
    log: silentLog,
    clock: systemClock,
    database,
    queue,
    cache,
    blobs: await openBlobs(blobFolder),
    audit: createAudit(database, systemClock),
  };
  const room = openLearn(platform, { datasets, registry: models.on(platform), modelsFolder });
  if (running) {
    await room.start();
    await queue.start();
  }
  const stop = async () => {
    await room.stop();
    await queue.stop(1000);
    await cache.close();
  };
  return { room, platform, stop };
}

function callersOf(room: LearnRoom, own: string): Pick<TestLearn, 'call' | 'fetch'> {
  const fetch: TestLearn['fetch'] = async (id, sent, organization = own) => {
    const route = room.routes.find(({ endpoint }) => endpoint.id === id);
    if (route === undefined) throw new AttuneError('route_not_found', { message: id });
    return await route.respond({
      caller: {
        kind: 'member',
        organization,
        role: 'trainer',
        scopes: [],
        principal: 'member:1',
        name: 'Tina Trainer',
        email: 'tina@example.com',
      },
      params: asText(sent?.params),
      query: asText(sent?.query),
      body: sent?.body ?? {},
      requestId: 'test',
      log: silentLog,
      signal: new AbortController().signal,
    });
  };
  const call: TestLearn['call'] = async (id, sent, organization) => {
    const answer = JSON.parse(await (await fetch(id, sent, organization)).text());
    endpoints[id].response.parse(answer);
    return answer;
  };
  return { call, fetch };
}

function asText(fields: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries(fields ?? {}).map(([name, value]) => [name, String(value)]));
}
