import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import type { EndpointId, Endpoints, ResponseOf, SentBy } from '@attune/contracts';
import { readConfig } from '../../config.ts';
import type { Blobs } from '../../platform/blobs/blobs.ts';
import { openBlobs } from '../../platform/blobs/local-folder.ts';
import { openCache } from '../../platform/cache/open.ts';
import { systemClock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/open.ts';
import {
  type DatabaseKind,
  openMigratedDatabase,
  type TestDatabase,
} from '../../platform/db/test-database.ts';
import type { Caller } from '../../platform/http/caller.ts';
import { silentLog } from '../../platform/log.ts';
import { openQueue } from '../../platform/queue/open.ts';
import type { Queue } from '../../platform/queue/queue.ts';
import type { Answer, ImportedAnswer } from '../answers.ts';
import type { RecordedFeedback } from '../feedback-observer.ts';
import { type Collect, openCollect } from '../room.ts';

type Sent<Id extends EndpointId> = Partial<SentBy<Endpoints[Id]>>;

/** The room as one organisation of its own sees it, called as the HTTP server would. */
export interface TestCollect {
  readonly room: Collect;
  readonly database: Database;
  readonly blobs: Blobs;
  readonly organization: string;
  readonly curator: Caller;
  /** An application's API key. */
  readonly application: Caller;
  /** A curator of another organisation. */
  readonly stranger: Caller;
  /** What the observer was told. */
  readonly recorded: RecordedFeedback[];
  readonly changed: [string, readonly (string | null)[]][];
  /** Makes an answer that feedback can be about. */
  answered(answer?: Partial<Answer>, organization?: string): string;
  /** Calls an endpoint, as the curator unless told otherwise. @throws AttuneError as the handler does */
  call<Id extends EndpointId>(id: Id, sent: Sent<Id>, caller?: Caller): Promise<ResponseOf<Endpoints[Id]>>;
  /** Fetches the recording of a feedback, or the part that a Range header names. */
  play(id: string, caller?: Caller, range?: string): Promise<Response>;
  /** Ends background work: tests share a database, and the next one has workers of its own. */
  stopWorking(): Promise<void>;
  /** The feedback token of an answer. */
  tokenFor(responseId: string, userId?: string): Caller;
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

let organizations = 0;

/** Opens the room on a database of a kind, for a new organisation. */
export async function openTestCollect(
  kind: DatabaseKind,
  settings: Record<string, string> = {},
): Promise<TestCollect> {
  const { database } = await databaseOf(kind);
  const organization = `organization-${++organizations}`;
  const ids = [organization, `${organization}-other`];
  await database.sql
    .insertInto('organizations')
    .values(ids.map((id) => ({ id, name: id })))
    .execute();
  const { limiter } = await openCache({ redisUrl: undefined, log: silentLog });
  const blobs = await openBlobs(await temporaryFolder());
  const queue = 'ATTUNE_TRANSCRIPTION_URL' in settings ? await queueOf(database) : null;
  const recorded: TestCollect['recorded'] = [];
  const changed: TestCollect['changed'] = [];
  const answers = new Map<string, Answer>();
  const config = readConfig({ ATTUNE_FEEDBACK_PER_MINUTE: '1000', ...settings });
  const room = openCollect(
    { config, log: silentLog, clock: systemClock, database, limiter, blobs, queue: queue ?? noQueue },
    {
      answers: { find: async (owner, id) => answers.get(`${owner}/${id}`) ?? null },
      importAnswers: answerImporter(),
      answerCounts: async () => [
        { rewardModel: 'reward@1.0.0', answers: 7, answeredAt: new Date('2026-03-01T08:00:00Z') },
      ],
      observer: {
        recorded: (feedback) => recorded.push(feedback),
        changed: (owner, versions) => changed.push([owner, versions]),
      },
    },
  );
  await room.start();
  await queue?.start();
  const answered: TestCollect['answered'] = (answer = {}, owner = organization) => {
    const made = { ...anAnswer(), ...answer };
    answers.set(`${owner}/${made.responseId}`, made);
    return made.responseId;
  };
  const curator = curatorOf(organization);
  const stranger = curatorOf(`${organization}-other`);
  const application: Caller = { ...curator, kind: 'key', role: 'rater', principal: 'key:1', email: null };
  const call = calling(room, curator);
  const play: TestCollect['play'] = (id, caller = curator, range) =>
    respond(room, 'playFeedbackAudio', { params: { id } }, caller, range);
  const stopWorking = async () => queue?.stop(1000);
  const tokenFor: TestCollect['tokenFor'] = (responseId, userId) => ({
    ...application,
    kind: 'feedback_token',
    principal: `token:${responseId}`,
    feedbackFor: { responseId, userId: userId ?? null },
  });
  return {
    room,
    database,
    blobs,
    organization,
    curator,
    application,
    stranger,
    recorded,
    changed,
    answered,
    call,
    play,
    stopWorking,
    tokenFor,
  };
}

/** Background work is for the tests that configure it: a queue takes a second to start. */
const noQueue: Pick<Queue, 'define' | 'send'> = {
  define: () => assert.fail('this test has no queue'),
  send: () => assert.fail('this test has no queue'),
};

function queueOf(database: Database): Promise<Queue> {
  return openQueue({ database, log: silentLog });
}

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'attune-collect-'));
  after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

function curatorOf(organization: string): Caller {
  return {
    kind: 'member',
    organization,
    role: 'curator',
    scopes: [],
    principal: 'member:1',
    name: 'Cura Tor',
    email: 'curator@example.com',
  };
}

function anAnswer(): Answer {
  return {
    responseId: randomUUID(),
    query: 'How long is quarantine?',
    response: 'Ten days.',
    sessionId: 'session-1',
    userId: null,
    rewardModel: 'reward@1.0.0',
    experiment: null,
    assignedPolicy: null,
    policy: 'documents',
    context: [{ role: 'user', content: 'How long is quarantine?' }],
    steps: [],
    candidates: [{ id: 'c1', text: 'Ten days.' }],
  };
}

/** Takes in answers as serving does: one key once. */
function answerImporter() {
  const ids = new Map<string, string>();
  return async (rows: readonly ImportedAnswer[]) =>
    rows.map(({ organization, importKey }) => {
      const key = `${organization}/${importKey}`;
      const known = ids.get(key);
      const responseId = known ?? randomUUID();
      ids.set(key, responseId);
      return { responseId, alreadyThere: known !== undefined };
    });
}

function calling(room: Collect, curator: Caller): TestCollect['call'] {
  return async (id, sent, caller = curator) => {
    const response = await respond(room, id, sent, caller);
    // The handler's answer is typed by the endpoint; JSON forgets that.
    return (await response.json()) as ResponseOf<Endpoints[typeof id]>;
  };
}

async function respond(
  room: Collect,
  id: EndpointId,
  sent: { params?: unknown; query?: unknown; body?: unknown },
  caller: Caller,
  range: string | null = null,
): Promise<Response> {
  const route = room.routes.find(({ endpoint }) => endpoint.id === id);
  if (route === undefined) throw new Error(`the room has no route ${id}`);
  return route.respond({
    caller,
    params: asText(sent.params),
    query: asText(sent.query),
    body: sent.body,
    requestId: 'test',
    log: silentLog,
    signal: new AbortController().signal,
    range,
  });
}

function asText(fields: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries(Object(fields)).map(([name, value]) => [name, String(value)]));
}
