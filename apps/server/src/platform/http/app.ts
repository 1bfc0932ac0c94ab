import { AttuneError, type Endpoint } from '@attune/contracts';
import { type Context, Hono } from 'hono';
import type { Config } from '../../config.ts';
import type { Database } from '../db/open.ts';
import { type ErrorTranslator, errorResponse, toAttuneError } from '../errors.ts';
import type { Authenticator } from '../identity/authenticate.ts';
import { readSessionCookie } from '../identity/session-cookie.ts';
import { newId } from '../ids.ts';
import type { Log } from '../log.ts';
import { checkAccess } from './access.ts';
import type { Caller } from './caller.ts';
import { docsPage } from './docs-page.ts';
import { once } from './idempotency.ts';
import { openApiDocument } from './openapi.ts';
import { readJsonBody } from './read-body.ts';
import type { RawCall, Route } from './route.ts';
import { securityHeaders } from './security-headers.ts';
import { webPage } from './web-page.ts';

export interface AppNeeds {
  readonly config: Config;
  readonly log: Log;
  readonly database: Database;
  readonly authenticator: Authenticator;
  readonly routes: readonly Route[];
  readonly version: string;
  /** Folder of the built web page. */
  readonly webFolder: string;
  /** Prometheus text. */
  readonly metrics: () => Promise<string>;
  /** Which parts work; `ready` is whether requests should come here. */
  readonly readiness: () => Promise<{ ready: boolean; checks: unknown }>;
  readonly translators: readonly ErrorTranslator[];
  /** Whether the server is shutting down and takes no new work. */
  readonly draining: () => boolean;
}

/** The HTTP application: every route, the pages for machines and people, and one way errors are answered. */
export function createApp(needs: AppNeeds): Hono {
  const app = new Hono();
  for (const route of needs.routes) {
    app.on(route.endpoint.method.toUpperCase(), route.endpoint.path, (context) =>
      answer(needs, route, context),
    );
  }
  mountPages(app, needs);
  app.notFound((context) => failure(needs, context.req.raw, new AttuneError('route_not_found'), newId()));
  return app;
}

async function answer(needs: AppNeeds, route: Route, context: Context): Promise<Response> {
  const request = context.req.raw;
  const requestId = requestIdOf(request);
  try {
    if (needs.draining()) throw new AttuneError('overloaded', { message: 'The server is shutting down.' });
    const caller = await callerOf(needs, request, route.endpoint);
    checkAccess(route.endpoint, caller);
    const call: RawCall = {
      caller,
      params: context.req.param(),
      query: context.req.query(),
      body: await bodyOf(needs, route.endpoint, request),
      requestId,
      log: needs.log,
      signal: request.signal,
    };
    return finished(await runOnce(needs, route, request, call), requestId);
  } catch (error) {
    return failure(needs, request, error, requestId);
  }
}

const REQUEST_ID = /^[\w.:-]{1,100}$/;

function requestIdOf(request: Request): string {
  const given = request.headers.get('x-request-id');
  return given !== null && REQUEST_ID.test(given) ? given : newId();
}

async function callerOf(needs: AppNeeds, request: Request, endpoint: Endpoint): Promise<Caller | null> {
  const authorization = request.headers.get('authorization') ?? undefined;
  const session = readSessionCookie(request.headers.get('cookie') ?? undefined);
  if (authorization === undefined && session !== undefined && endpoint.method !== 'get') checkOrigin(request);
  return needs.authenticator.authenticate({ authorization, session });
}

/** A write that rides on the cookie must come from our own page (defence in depth beside SameSite=Strict). */
function checkOrigin(request: Request): void {
  const origin = request.headers.get('origin');
  if (origin !== null && new URL(origin).host !== request.headers.get('host')) {
    throw new AttuneError('origin_not_allowed', { param: 'origin' });
  }
}

async function bodyOf(needs: AppNeeds, endpoint: Endpoint, request: Request): Promise<unknown> {
  if (endpoint.body === undefined) return undefined;
  return readJsonBody(request, needs.config.ATTUNE_MAX_BODY_BYTES);
}

async function runOnce(needs: AppNeeds, route: Route, request: Request, call: RawCall): Promise<Response> {
  const key = request.headers.get('idempotency-key');
  const keyed = key !== null && call.caller !== null && request.method !== 'GET';
  if (!keyed || (route.endpoint.answers ?? 'json') !== 'json') return route.respond(call);
  if (key.length > 200) throw new AttuneError('invalid_request', { param: 'idempotency-key' });
  const { pathname } = new URL(request.url);
  const fingerprint = `${request.method} ${pathname} ${JSON.stringify(call.body)}`;
  const { organization, principal } = call.caller;
  return once(needs.database, { organization, principal, key, fingerprint }, () => route.respond(call));
}

function finished(response: Response, requestId: string): Response {
  response.headers.set('x-request-id', requestId);
  response.headers.set('x-content-type-options', 'nosniff');
  if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'no-store');
  return response;
}

function failure(needs: AppNeeds, request: Request, thrown: unknown, requestId: string): Response {
  const error = toAttuneError(thrown, needs.translators);
  if (error.status >= 500) {
    const { pathname } = new URL(request.url);
    const fields = {
      requestId,
      code: error.code,
      method: request.method,
      path: pathname,
      err: error.cause ?? error,
    };
    needs.log[error.code === 'internal_error' ? 'error' : 'warn'](fields, 'request failed');
  }
  return finished(errorResponse(error, requestId), requestId);
}

function mountPages(app: Hono, needs: AppNeeds): void {
  const document = JSON.stringify(openApiDocument(needs.version));
  app.get('/openapi.json', () => new Response(document, { headers: { 'content-type': 'application/json' } }));
  app.get('/docs', () => page(docsPage()));
  app.get('/healthz', () => Response.json({ status: 'ok', version: needs.version }));
  app.get('/readyz', async () => {
    const { ready, checks } = await needs.readiness();
    const up = ready && !needs.draining();
    return Response.json({ status: up ? 'ready' : 'not_ready', checks }, { status: up ? 200 : 503 });
  });
  app.get('/metrics', async () => {
    return new Response(await needs.metrics(), { headers: { 'content-type': 'text/plain; version=0.0.4' } });
  });
  app.get('*', async (context) => {
    const { pathname } = new URL(context.req.raw.url);
    const isApi = pathname.startsWith('/api/') || pathname.startsWith('/v1/');
    const file = isApi ? null : await webPage(needs.webFolder, pathname);
    if (file === null) return failure(needs, context.req.raw, new AttuneError('route_not_found'), newId());
    for (const [name, value] of Object.entries(securityHeaders)) file.headers.set(name, value);
    return file;
  });
}

function page(html: string): Response {
  return new Response(html, { headers: { 'content-type': 'text/html; charset=utf-8', ...securityHeaders } });
}
