import { createHash } from 'node:crypto';
import { AttuneError, type Endpoint } from '@attune/contracts';
import { type Context, Hono } from 'hono';
import type { Config } from '../../config.ts';
import type { Database } from '../db/open.ts';
import { type Authenticator, bearerOf } from '../identity/authenticate.ts';
import { readSessionCookie } from '../identity/session-cookie.ts';
import { checkAccess } from './access.ts';
import { forAnyPage, preflight } from './any-page.ts';
import type { Caller } from './caller.ts';
import { setCommonHeaders } from './common-headers.ts';
import { endOnFailure } from './end-on-failure.ts';
import { type FailureNeeds, failure } from './failure.ts';
import { keyOf, once } from './idempotency.ts';
import { requireOwnPage } from './own-page.ts';
import { mountPages, type PageNeeds } from './pages.ts';
import { readFile, readJsonBody } from './read-body.ts';
import { remoteAddressOf } from './remote-address.ts';
import { requestIdOf } from './request-id.ts';
import type { RawCall, Route } from './route.ts';

export interface AppNeeds extends FailureNeeds, PageNeeds {
  readonly config: Pick<Config, 'ATTUNE_MAX_BODY_BYTES' | 'ATTUNE_PUBLIC_URL'>;
  readonly database: Database;
  readonly authenticator: Authenticator;
  readonly routes: readonly Route[];
}

/** The HTTP application: every route, the pages for machines and people, and one way errors are answered. */
export function createApp(needs: AppNeeds): Hono {
  const app = new Hono();
  for (const route of needs.routes) mount(app, needs, route);
  mountPages(app, needs, (work) => (context) => guarded(needs, context, () => work(context.req.raw)));
  app.notFound((context) =>
    guarded(needs, context, async () => {
      throw new AttuneError('route_not_found');
    }),
  );
  return app;
}

function mount(app: Hono, needs: AppNeeds, route: Route): void {
  const { method, path, feedbackToken } = route.endpoint;
  app.on(method.toUpperCase(), path, async (context) => {
    const response = await guarded(needs, context, (requestId) => respond(needs, route, context, requestId));
    return feedbackToken === true ? forAnyPage(response) : response;
  });
  if (feedbackToken === true) app.options(path, () => preflight(method));
}

/** Runs the work of a request; whatever it throws is answered as the catalogue says. */
async function guarded(
  needs: AppNeeds,
  context: Context,
  work: (requestId: string) => Promise<Response>,
): Promise<Response> {
  const request = context.req.raw;
  const requestId = requestIdOf(request);
  setCommonHeaders(context, requestId);
  try {
    return await work(requestId);
  } catch (error) {
    return failure(needs, request, error, requestId);
  }
}

async function respond(
  needs: AppNeeds,
  route: Route,
  context: Context,
  requestId: string,
): Promise<Response> {
  const request = context.req.raw;
  const { endpoint } = route;
  if (needs.draining.aborted)
    throw new AttuneError('overloaded', { message: 'The server is shutting down.' });
  const caller = await callerOf(needs, request, endpoint);
  checkAccess(endpoint, caller);
  const response = await runOnce(needs, route, request, {
    caller,
    params: context.req.param(),
    query: context.req.query(),
    body: await bodyOf(needs, endpoint, request),
    requestId,
    log: needs.log,
    signal: signalOf(needs, endpoint, request),
    remoteAddress: remoteAddressOf(context),
    range: request.headers.get('range'),
    traceparent: request.headers.get('traceparent'),
  });
  // Nobody reads what follows a HEAD: a stream would wait for that for ever.
  if (request.method === 'HEAD') await response.body?.cancel();
  else if (endpoint.answers === 'sse') {
    return endOnFailure(response, (err) => needs.log.warn({ requestId, err }, 'a stream of events failed'));
  }
  return response;
}

/** Work under way is finished when the server shuts down; a stream of events has no end to wait for. */
function signalOf(needs: AppNeeds, endpoint: Endpoint, request: Request): AbortSignal {
  return endpoint.answers === 'sse' ? AbortSignal.any([request.signal, needs.draining]) : request.signal;
}

async function callerOf(needs: AppNeeds, request: Request, endpoint: Endpoint): Promise<Caller | null> {
  const authorization = request.headers.get('authorization') ?? undefined;
  const session = readSessionCookie(request.headers.get('cookie') ?? undefined);
  const carriesSecret = bearerOf(authorization) !== undefined;
  if (!carriesSecret && endpoint.method !== 'get') requireOwnPage(request, needs.config.ATTUNE_PUBLIC_URL);
  return needs.authenticator.authenticate({ authorization, session });
}

async function bodyOf(needs: AppNeeds, endpoint: Endpoint, request: Request): Promise<unknown> {
  if (endpoint.body === undefined) return undefined;
  const most = needs.config.ATTUNE_MAX_BODY_BYTES;
  if (endpoint.sends === undefined) return readJsonBody(request, most);
  const { types, maxBytes } = endpoint.sends;
  return readFile(request, types, Math.min(most, maxBytes));
}

async function runOnce(needs: AppNeeds, route: Route, request: Request, call: RawCall): Promise<Response> {
  const key = keyOf(route.endpoint, request);
  if (key === null || call.caller === null) return route.respond(call);
  const { pathname, search } = new URL(request.url);
  const fingerprint = `${request.method} ${pathname}${search} ${await textOf(call.body)}`;
  const { organization, principal } = call.caller;
  return once(needs, { organization, principal, key, fingerprint }, () => route.respond(call));
}

async function textOf(body: unknown): Promise<string> {
  if (!(body instanceof Blob)) return JSON.stringify(body);
  return createHash('sha256')
    .update(await body.bytes())
    .digest('hex');
}
