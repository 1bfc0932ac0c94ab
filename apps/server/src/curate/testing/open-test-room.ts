import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { type EndpointId, type Endpoints, endpoints, type ResponseOf, type SentBy } from '@attune/contracts';
import type { Kysely } from 'kysely';
import { readConfig } from '../../config.ts';
import { openBlobs } from '../../platform/blobs/local-folder.ts';
import { systemClock } from '../../platform/clock.ts';
import type { Tables } from '../../platform/db/tables.ts';
import { type DatabaseKind, openMigratedDatabase } from '../../platform/db/test-database.ts';
import { createAudit } from '../../platform/identity/audit.ts';
import { newId } from '../../platform/ids.ts';
import { silentLog } from '../../platform/log.ts';
import { type Curate, type Foundation, openCurate } from '../room.ts';
import type { Trainable } from '../trainable.ts';
import { storedTrainable } from './stored-feedback.ts';
import { storingImporters } from './storing-importers.ts';

/** A room for an organisation of its own, called as the HTTP server would. */
export interface TestRoom {
  readonly room: Curate;
  readonly db: Kysely<Tables>;
  readonly organization: string;
  /** An organisation that has nothing to do with it. */
  readonly other: string;
  /** Calls an endpoint as a curator of the test's organisation, unless another is named. @throws AttuneError as the handler does */
  call<Id extends EndpointId>(
    id: Id,
    sent: Sent<Id>,
    organization?: string,
  ): Promise<ResponseOf<Endpoints[Id]>>;
  /** As `call`, for answers that aren't JSON. */
  fetch<Id extends EndpointId>(id: Id, sent: Sent<Id>, organization?: string): Promise<Response>;
  /** One more room on the same database and blobs, as a second replica. */
  another(trainable?: Partial<Trainable>, foundation?: Partial<Foundation>): TestRoom;
}

interface Sent<Id extends EndpointId> {
  readonly params?: Record<string, string>;
  readonly query?: Record<string, string | number>;
  readonly body?: SentBy<Endpoints[Id]>['body'];
}

const opened = new Map<DatabaseKind, ReturnType<typeof openPlatform>>();
const cleaning: (() => Promise<void>)[] = [];
after(async () => {
  for (const clean of cleaning.reverse()) await clean();
});

/** Only the schedule needs a queue. */
const noQueue: Foundation['queue'] = {
  define: () => assert.fail('no queue was expected to be used'),
  schedule: () => assert.fail('no queue was expected to be used'),
};

/** One database for all tests of a file: making one takes longer than most tests. */
async function openPlatform(kind: DatabaseKind) {
  const { database, remove } = await openMigratedDatabase(kind);
  cleaning.push(remove);
  const folder = await mkdtemp(join(tmpdir(), 'attune-'));
  cleaning.push(() => rm(folder, { recursive: true, force: true }));
  return {
    config: readConfig({}),
    log: silentLog,
    clock: systemClock,
    database,
    queue: noQueue,
    blobs: await openBlobs(folder),
    audit: createAudit(database, systemClock),
  };
}

/** Opens the room for a new organisation on a database of a kind. */
export async function openTestRoom(kind: DatabaseKind): Promise<TestRoom> {
  const opening = opened.get(kind) ?? openPlatform(kind);
  opened.set(kind, opening);
  const platform = await opening;
  const db = platform.database.sql;
  const organization = await newOrganization(db);
  const other = await newOrganization(db);
  const another: TestRoom['another'] = (trainable = {}, foundation = {}) => {
    const room = openCurate(
      { ...platform, ...foundation },
      { trainable: { ...storedTrainable(db), ...trainable }, importers: storingImporters(db) },
    );
    return { room, db, organization, other, another, ...callers(room, organization) };
  };
  return another();
}

async function newOrganization(db: Kysely<Tables>): Promise<string> {
  const id = newId();
  await db.insertInto('organizations').values({ id, name: id }).execute();
  return id;
}

function callers(room: Curate, own: string): Pick<TestRoom, 'call' | 'fetch'> {
  const fetch: TestRoom['fetch'] = (id, sent, organization = own) => {
    const route = room.routes.find(({ endpoint }) => endpoint.id === id);
    if (route === undefined) throw new Error(`the room has no route ${id}`);
    const asText = (fields: Record<string, string | number> = {}) =>
      Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, String(value)]));
    return route.respond({
      caller: {
        kind: 'member',
        organization,
        role: 'curator',
        scopes: [],
        principal: 'member:1',
        name: 'Cura Tor',
        email: 'curator@example.com',
      },
      params: asText(sent.params),
      query: asText(sent.query),
      body: sent.body,
      requestId: 'test',
      log: silentLog,
      signal: new AbortController().signal,
    });
  };
  const call: TestRoom['call'] = async (id, sent, organization) => {
    const response = await fetch(id, sent, organization);
    const answer = JSON.parse(await response.text());
    endpoints[id].response.parse(answer);
    return answer;
  };
  return { call, fetch };
}
