import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AttuneError } from '@attune/contracts';
import { type Config, readConfig } from '../../config.ts';
import { modelsFolder } from '../../folders.ts';
import type { Blobs } from '../../platform/blobs/blobs.ts';
import { openBlobs } from '../../platform/blobs/local-folder.ts';
import { InProcessCache } from '../../platform/cache/in-process-cache.ts';
import { systemClock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/open.ts';
import { type DatabaseKind, openMigratedDatabase } from '../../platform/db/test-database.ts';
import { createApp } from '../../platform/http/app.ts';
import type { Caller } from '../../platform/http/caller.ts';
import { listen } from '../../platform/http/listen.ts';
import { newId } from '../../platform/ids.ts';
import { silentLog } from '../../platform/log.ts';
import { translators } from '../../platform/translate-errors.ts';
import type { AnsweredEvent } from '../answer-observer.ts';
import type { LiveModel, LiveModels, ModelChoice, PolicyChoice, TrialArm, Visitor } from '../live-models.ts';
import { openServe, type Serve } from '../room.ts';

/** Settings by name; the rest is as by default. */
export type Settings = Record<string, string>;

/** The room on a database of its own, and ways in. */
export interface TestRoom {
  readonly serve: Serve;
  readonly database: Database;
  readonly blobs: Blobs;
  readonly observed: AnsweredEvent[];
  readonly live: TestLiveModels;
  /** Another room on the same database, as another server would open it. */
  reopen(settings: Settings): Promise<Serve>;
  /** Calls a route as somebody; errors are thrown. */
  call(id: string, given?: CallGiven): Promise<Response>;
  /** Serves the routes over HTTP to callers named by their key, `<role>@<organization>`. */
  listen(): Promise<{ url: string; close(): Promise<void> }>;
  close(): Promise<void>;
}

export interface CallGiven {
  readonly body?: unknown;
  readonly params?: Record<string, string>;
  readonly query?: Record<string, string>;
  readonly caller?: Caller;
  readonly signal?: AbortSignal;
}

/** Live models that a test sets. */
export class TestLiveModels implements LiveModels {
  live: LiveModel | null = null;
  trial: TrialArm | null = null;
  policy: PolicyChoice | null = null;
  readonly named = new Map<string, LiveModel>();
  readonly asked: string[] = [];

  choose(_organization: string, stickyId: string): LiveModel | null {
    this.asked.push(stickyId);
    return this.live;
  }

  chooseFor(organization: string, { userId, sessionId, responseId }: Visitor): ModelChoice {
    return { model: this.choose(organization, userId ?? sessionId ?? responseId), trial: this.trial };
  }

  choosePolicy(): PolicyChoice | null {
    return this.policy;
  }

  async find(_organization: string, nameOrId: string): Promise<LiveModel | null> {
    return this.named.get(nameOrId) ?? null;
  }
}

/** Somebody of an organisation. */
export function someone(organization = 'default', role: Caller['role'] = 'admin'): Caller {
  const principal = `key:${role}@${organization}`;
  return { kind: 'key', organization, role, scopes: [], principal, name: 'test', email: null };
}

export async function openTestRoom(kind: DatabaseKind, settings: Settings = {}): Promise<TestRoom> {
  const { database, remove } = await openMigratedDatabase(kind);
  const folder = await mkdtemp(join(tmpdir(), 'attune-serve-'));
  const blobs = await openBlobs(join(folder, 'blobs'));
  const live = new TestLiveModels();
  const observed: AnsweredEvent[] = [];
  const open = async (config: Config) => {
    const cache = new InProcessCache({ log: silentLog });
    const platform = { config, log: silentLog, clock: systemClock, database, blobs, cache };
    const serve = openServe(platform, {
      liveModels: live,
      observer: { answered: (event) => void observed.push(event) },
      mintFeedbackToken: (organization, responseId) => `fbt_${organization}_${responseId}`,
      ownFeedback: async () => [],
      modelsFolder: modelsFolder(config),
    });
    await serve.start();
    return serve;
  };
  const config = readConfig(settings);
  const serve = await open(config);
  return {
    serve,
    database,
    blobs,
    observed,
    live,
    reopen: (others) => open(readConfig(others)),
    call: (id, given) => callRoute(serve, id, given),
    listen: () => listenWith(serve, config, database),
    async close() {
      await serve.stop();
      await remove();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function callRoute(serve: Serve, id: string, given: CallGiven = {}): Promise<Response> {
  const route = serve.routes.find(({ endpoint }) => endpoint.id === id);
  if (route === undefined) throw new Error(`no route ${id}`);
  return route.respond({
    caller: given.caller ?? someone(),
    params: given.params ?? {},
    query: given.query ?? {},
    body: given.body,
    requestId: newId(),
    log: silentLog,
    signal: given.signal ?? new AbortController().signal,
  });
}

async function listenWith(serve: Serve, config: Config, database: Database) {
  const app = createApp({
    config,
    log: silentLog,
    database,
    authenticator: {
      async authenticate({ authorization }) {
        const [role, organization] = (authorization ?? '').replace('Bearer ', '').split('@');
        if (organization === undefined || (role !== 'admin' && role !== 'viewer' && role !== 'rater'))
          return null;
        return someone(organization, role);
      },
      forget: () => undefined,
      stop: async () => undefined,
    },
    routes: serve.routes,
    version: 'test',
    webFolder: tmpdir(),
    metrics: async () => '',
    readiness: async () => ({ ready: true, checks: {} }),
    translators,
    draining: new AbortController().signal,
  });
  const { url, close } = await listen(app, '127.0.0.1', 0);
  return { url, close: () => close(1000) };
}

/** Checks that something is refused with a code of the catalogue, and gives the error. */
export async function refusal(work: Promise<unknown>, code: string): Promise<AttuneError> {
  const outcome = await work.then(
    () => new Error(`expected ${code}, but it went well`),
    (error: unknown) => error,
  );
  if (outcome instanceof AttuneError && outcome.code === code) return outcome;
  throw outcome;
}
