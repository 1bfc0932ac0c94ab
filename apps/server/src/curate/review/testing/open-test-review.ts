import { join } from 'node:path';
import { after } from 'node:test';
import { type EndpointId, type Endpoints, endpoints, type ResponseOf, type SentBy } from '@attune/contracts';
import { loadStaticEmbedder } from '@attune/reward';
import { modelsFolder } from '../../../folders.ts';
import type { Database } from '../../../platform/db/open.ts';
import { type DatabaseKind, openMigratedDatabase } from '../../../platform/db/test-database.ts';
import type { Caller } from '../../../platform/http/caller.ts';
import { createAudit } from '../../../platform/identity/audit.ts';
import { newId } from '../../../platform/ids.ts';
import { silentLog } from '../../../platform/log.ts';
import { openQueue } from '../../../platform/queue/open.ts';
import { openReview } from '../open-review.ts';
import type { ReviewNeeds } from '../review.ts';
import { storedFeedback } from './stored-feedback.ts';

type Sent<Id extends EndpointId> = Partial<SentBy<Endpoints[Id]>>;

/** Calls endpoints as one reviewer. @throws AttuneError as the handler does */
export type Call = <Id extends EndpointId>(id: Id, sent?: Sent<Id>) => Promise<ResponseOf<Endpoints[Id]>>;

/** The queue of an organisation of its own, running, called as the HTTP server would. */
export interface TestReview {
  readonly database: Database;
  readonly organization: string;
  /** Organisations that were told of a change. */
  readonly changed: string[];
  /** A member of the organisation, unless another is named, as a reviewer. */
  reviewer(name: string, organization?: string): Promise<{ id: string; call: Call }>;
  /** Another organisation. */
  stranger(): Promise<{ id: string; call: Call }>;
  /** Moves the clock on. */
  later(milliseconds: number): void;
  /** Another reward model goes live: longer answers score higher, up to `length` characters. */
  goLive(model: string, length: number): void;
}

interface Shared {
  readonly database: Database;
  readonly now: { offset: number };
  readonly live: Map<string, { model: string; length: number }>;
  readonly changed: string[];
  readonly routes: ReturnType<typeof openReview>['routes'];
}

const opened = new Map<DatabaseKind, Promise<Shared>>();
const cleaning: (() => Promise<unknown>)[] = [];
after(async () => {
  for (const clean of cleaning.reverse()) await clean();
});

async function open(kind: DatabaseKind): Promise<Shared> {
  const { database, remove } = await openMigratedDatabase(kind);
  cleaning.push(remove);
  const queue = await openQueue({ database, log: silentLog });
  const embedder = await loadStaticEmbedder(
    join(modelsFolder({ ATTUNE_MODELS: undefined }), 'minilm-static-256'),
  );
  const now = { offset: 0 };
  const clock = { now: () => new Date(Date.now() + now.offset) };
  const live: Shared['live'] = new Map();
  const changed: string[] = [];
  const texts: ReviewNeeds['texts'] = {
    embed: async (given) => ({ vectors: await embedder.embed(given), embedder: embedder.id }),
    liveModel: (organization) => live.get(organization)?.model ?? null,
    score: async (organization, answers) => {
      const known = live.get(organization);
      if (known === undefined) return null;
      const scores = answers.map(({ response }) => Math.min(1, response.length / known.length));
      return { model: known.model, scores };
    },
  };
  const review = openReview(
    { database, clock, log: silentLog, audit: createAudit(database, clock), queue },
    {
      feedback: storedFeedback(database.sql),
      answer: async () => null,
      texts,
      changed: (organization) => void changed.push(organization),
    },
  );
  await review.start();
  await queue.start();
  cleaning.push(
    () => embedder.close(),
    () => review.stop(),
    () => queue.stop(),
  );
  return { database, now, live, changed, routes: review.routes };
}

/** Opens the queue for a new organisation on a database of a kind. */
export async function openTestReview(kind: DatabaseKind): Promise<TestReview> {
  const opening = opened.get(kind) ?? open(kind);
  opened.set(kind, opening);
  const shared = await opening;
  const { sql } = shared.database;
  const addOrganization = async () => {
    const id = newId();
    await sql.insertInto('organizations').values({ id, name: id }).execute();
    return id;
  };
  const organization = await addOrganization();
  const reviewer: TestReview['reviewer'] = async (name, owner = organization) => {
    const id = newId();
    const member = { id, organization: owner, email: `${id}@example.com`, name, role: 'curator' as const };
    await sql.insertInto('members').values(member).execute();
    return {
      id,
      call: callerOf(shared, { ...member, kind: 'member', scopes: [], principal: `member:${id}` }),
    };
  };
  return {
    database: shared.database,
    organization,
    changed: shared.changed,
    reviewer,
    stranger: async () => reviewer('Stranger', await addOrganization()),
    later: (milliseconds) => {
      shared.now.offset += milliseconds;
    },
    goLive: (model, length) => void shared.live.set(organization, { model, length }),
  };
}

function callerOf({ routes }: Shared, caller: Caller): Call {
  return async (id, sent = {}) => {
    const route = routes.find(({ endpoint }) => endpoint.id === id);
    if (route === undefined) throw new Error(`there is no route ${id}`);
    const response = await route.respond({
      caller,
      params: asText(sent.params),
      query: asText(sent.query),
      body: sent.body,
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
  return Object.fromEntries(Object.entries(Object(fields)).map(([name, value]) => [name, String(value)]));
}
