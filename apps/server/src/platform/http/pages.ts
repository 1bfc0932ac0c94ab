import { AttuneError } from '@attune/contracts';
import type { Context, Hono } from 'hono';
import { docsPage } from './docs-page.ts';
import { openApiDocument } from './openapi.ts';
import { securityHeaders } from './security-headers.ts';
import { webPage } from './web-page.ts';

export interface PageNeeds {
  readonly version: string;
  /** Folder of the built web page. */
  readonly webFolder: string;
  /** Prometheus text. */
  readonly metrics: () => Promise<string>;
  /** Which parts work; `ready` is whether requests should come here. */
  readonly readiness: () => Promise<{ ready: boolean; checks: unknown }>;
  /** Aborted when the server shuts down and takes no new work. */
  readonly draining: AbortSignal;
}

/** Mounts what is not in the contract: health, metrics, the API's description, and the web page for everything else. */
export function mountPages(
  app: Hono,
  needs: PageNeeds,
  answer: (work: (request: Request) => Promise<Response>) => (context: Context) => Promise<Response>,
): void {
  const document = JSON.stringify(openApiDocument(needs.version));
  const docs = docsPage();
  app.get(
    '/openapi.json',
    answer(async () => new Response(document, { headers: { 'content-type': 'application/json' } })),
  );
  app.get(
    '/docs',
    answer(async () => page(docs)),
  );
  app.get(
    '/healthz',
    answer(async () => Response.json({ status: 'ok', version: needs.version })),
  );
  app.get(
    '/readyz',
    answer(async () => {
      const { ready, checks } = await needs.readiness();
      const up = ready && !needs.draining.aborted;
      return Response.json({ status: up ? 'ready' : 'not_ready', checks }, { status: up ? 200 : 503 });
    }),
  );
  const prometheus = { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' };
  app.get(
    '/metrics',
    answer(async () => new Response(await needs.metrics(), { headers: prometheus })),
  );
  app.get(
    '*',
    answer((request) => pageAt(needs.webFolder, request)),
  );
}

function page(html: string): Response {
  return new Response(html, { headers: { 'content-type': 'text/html; charset=utf-8', ...securityHeaders } });
}

async function pageAt(webFolder: string, request: Request): Promise<Response> {
  const isApi = /^\/(api|v1)(\/|$)/.test(new URL(request.url).pathname);
  const file = isApi ? null : await webPage(webFolder, request);
  if (file === null) throw new AttuneError('route_not_found');
  return file;
}
