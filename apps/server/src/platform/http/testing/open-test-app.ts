import { mkdtemp, rm } from 'node:fs/promises';
import { type IncomingHttpHeaders, request as sendRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after } from 'node:test';
import { readConfig } from '../../../config.ts';
import { createInProcessLimiter } from '../../cache/flexible-limiter.ts';
import type { Clock } from '../../clock.ts';
import type { Database } from '../../db/open.ts';
import { type DatabaseKind, openMigratedDatabase } from '../../db/test-database.ts';
import { type Identity, openIdentity } from '../../identity/identity.ts';
import { createLog } from '../../log.ts';
import { translators } from '../../translate-errors.ts';
import { createApp } from '../app.ts';
import { listen } from '../listen.ts';
import type { Route } from '../route.ts';

/** An HTTP server with identity and whatever routes a test brings, on a database and a port of its own. */
export interface TestApp {
  readonly url: string;
  readonly port: number;
  readonly database: Database;
  readonly identity: Identity;
  /** The data folder. */
  readonly folder: string;
  /** Folder of the web page. */
  readonly webFolder: string;
  /** Lines that were logged. */
  readonly logged: string[];
  /** Moves the server's clock on. */
  passTime(milliseconds: number): void;
  /** Begins to shut down, as far as requests see it. */
  drain(): void;
  /** One JSON request with a key or a cookie; the admin's key unless `headers` say otherwise. */
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
}

/** An answer as far as tests look at it. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

/** Opens it for all tests of a file, which share it. */
export async function openTestApp(kind: DatabaseKind, routes: readonly Route[] = []): Promise<TestApp> {
  const { database, remove } = await openMigratedDatabase(kind);
  const folder = await mkdtemp(join(tmpdir(), 'attune-test-'));
  const logged: string[] = [];
  const log = createLog({ level: 'warn', sink: { write: (line) => logged.push(line) } });
  const config = readConfig({ ATTUNE_MAX_BODY_BYTES: '100000', ATTUNE_PUBLIC_URL: 'https://attune.example' });
  let ahead = 0;
  const clock: Clock = { now: () => new Date(Date.now() + ahead) };
  const limiter = createInProcessLimiter();
  const identity = await openIdentity({ config, database, clock, limiter, log, dataDir: folder });
  const draining = new AbortController();
  const webFolder = join(folder, 'web');
  const app = createApp({
    config,
    log,
    database,
    authenticator: identity.authenticator,
    routes: [...identity.routes, ...routes],
    version: '0.0.0',
    webFolder,
    metrics: async () => 'up 1\n',
    readiness: async () => ({ ready: true, checks: {} }),
    translators,
    draining: draining.signal,
  });
  const http = await listen(app, '127.0.0.1', 0);
  after(async () => {
    await http.close(100);
    await identity.stop();
    await remove();
    await rm(folder, { recursive: true, force: true });
  });
  const { url } = http;
  return {
    url,
    port: Number(new URL(url).port),
    database,
    identity,
    folder,
    webFolder,
    logged,
    passTime: (milliseconds) => {
      ahead += milliseconds;
    },
    drain: () => draining.abort(),
    call: (method, path, body, headers = { authorization: `Bearer ${identity.localKey}` }) =>
      call(`${url}${path}`, method, body, headers),
  };
}

async function call(
  url: string,
  method: string,
  body: unknown,
  headers: Record<string, string>,
): Promise<Answer> {
  const sent = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
  const response = await fetch(url, {
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...sent,
  });
  const answer = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json') === true;
  const parsed: Record<string, unknown> = isJson && answer !== '' ? JSON.parse(answer) : {};
  return { status: response.status, headers: response.headers, body: parsed };
}

/** The error that an answer carries. */
export function errorOf({ body }: Answer): Record<string, unknown> {
  const { error } = body;
  return typeof error === 'object' && error !== null ? Object.fromEntries(Object.entries(error)) : {};
}

/** Sends a path as it stands, which `fetch` would tidy up first. */
export function sendRaw(
  { port }: TestApp,
  method: string,
  path: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; headers: IncomingHttpHeaders; text: string }> {
  return new Promise((resolve, reject) => {
    const request = sendRequest({ host: '127.0.0.1', port, method, path, headers }, (response) => {
      text(response).then(
        (body) => resolve({ status: response.statusCode ?? 0, headers: response.headers, text: body }),
        reject,
      );
    });
    request.once('error', reject);
    request.end();
  });
}
