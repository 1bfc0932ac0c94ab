import { randomUUID } from 'node:crypto';
import { after } from 'node:test';
import type { EndpointId, Endpoints, ResponseOf, SentBy } from '@attune/contracts';
import { readConfig } from '../../config.ts';
import { openCache } from '../../platform/cache/open.ts';
import { systemClock } from '../../platform/clock.ts';
import { migrate } from '../../platform/db/migrate.ts';
import type { Database } from '../../platform/db/open.ts';
import { type DatabaseKind, openTestDatabase, type TestDatabase } from '../../platform/db/test-database.ts';
import type { Caller } from '../../platform/http/caller.ts';
import { silentLog } from '../../platform/log.ts';
import type { Answer, ImportedAnswer } from '../answers.ts';
import type { RecordedFeedback } from '../feedback-observer.ts';
import { type Collect, openCollect } from '../room.ts';

type Sent<Id extends EndpointId> = Partial<SentBy<Endpoints[Id]>>;

/** The room as one organisation of its own sees it, called as the HTTP server would. */
export interface TestCollect {
  readonly room: Collect;
  readonly database: Database;
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
}

const opened = new Map<DatabaseKind, Promise<TestDatabase>>();
after(() => Promise.all([...opened.values()].map(async (one) => (await one).remove())));

/** One database of a kind per test file: making one costs more than a test. */
function databaseOf(kind: DatabaseKind): Promise<TestDatabase> {
  const known = opened.get(kind);
  if (known !== undefined) return known;
  const made = openTestDatabase(kind).then(async (test) => {
    await migrate(test.database, silentLog);
    return test;
  });
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
  const recorded: TestCollect['recorded'] = [];
  const changed: TestCollect['changed'] = [];
  const answers = new Map<string, Answer>();
  const config = readConfig({ ATTUNE_FEEDBACK_PER_MINUTE: '1000', ...settings });
  const room = openCollect(
    { config, clock: systemClock, database, limiter },
    {
      answers: { find: async (owner, id) => answers.get(`${owner}/${id}`) ?? null },
      importAnswers: answerImporter(),
      answerCounts: async () => [{ rewardModel: 'reward@1.0.0', answers: 7 }],
      observer: {
        recorded: (feedback) => recorded.push(feedback),
        changed: (owner, versions) => changed.push([owner, versions]),
      },
    },
  );
  const answered: TestCollect['answered'] = (answer = {}, owner = organization) => {
    const made = { ...anAnswer(), ...answer };
    answers.set(`${owner}/${made.responseId}`, made);
    return made.responseId;
  };
  const curator = curatorOf(organization);
  const stranger = curatorOf(`${organization}-other`);
  const application: Caller = { ...curator, kind: 'key', role: 'rater', principal: 'key:1', email: null };
  const call = calling(room, curator);
  return { room, database, organization, curator, application, stranger, recorded, changed, answered, call };
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
    policy: 'documents',
    context: [{ role: 'user', content: 'How long is quarantine?' }],
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
    const route = room.routes.find(({ endpoint }) => endpoint.id === id);
    if (route === undefined) throw new Error(`the room has no route ${id}`);
    const response = await route.respond({
      caller,
      params: asText(sent.params),
      query: asText(sent.query),
      body: sent.body,
      requestId: 'test',
      log: silentLog,
      signal: new AbortController().signal,
    });
    // The handler's answer is typed by the endpoint; JSON forgets that.
    return (await response.json()) as ResponseOf<Endpoints[typeof id]>;
  };
}

function asText(fields: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries(Object(fields)).map(([name, value]) => [name, String(value)]));
}
