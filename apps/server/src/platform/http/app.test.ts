import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { Agent, request as sendRequest } from 'node:http';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { AttuneError, ErrorBody, endpoint, errorCatalogue } from '@attune/contracts';
import { z } from 'zod';
import { eventStream } from './event-stream.ts';
import { type Route, route } from './route.ts';
import { errorOf, openTestApp, sendRaw } from './testing/open-test-app.ts';

const common = { room: 'serve', summary: '', role: 'viewer', response: z.unknown(), errors: [] } as const;
const echo = endpoint({
  ...common,
  id: 'echo',
  method: 'post',
  path: '/api/echo/:name',
  params: z.object({ name: z.string().max(10) }),
  query: z.object({ times: z.coerce.number().int().min(1).default(1) }),
  body: z.object({ text: z.string(), deep: z.object({ list: z.array(z.number()) }).optional() }),
});
const token = endpoint({ ...common, id: 'token', method: 'post', path: '/api/token', feedbackToken: true });
const broken = endpoint({ ...common, id: 'broken', method: 'get', path: '/api/broken' });
const unknown = endpoint({ ...common, id: 'unknown', method: 'get', path: '/api/unknown' });
const events = endpoint({ ...common, id: 'events', method: 'get', path: '/api/events', answers: 'sse' });
const failing = endpoint({ ...common, id: 'failing', method: 'get', path: '/api/failing', answers: 'sse' });

/** A stream that says when somebody reads it no more. */
const left = { count: 0 };
async function* endless(signal: AbortSignal) {
  try {
    yield { first: true };
    if (!signal.aborted) await once(signal, 'abort');
  } finally {
    left.count += 1;
  }
}

async function* fallingOver() {
  yield { first: true };
  throw new Error('the source broke');
}

const routes: Route[] = [
  route(echo, async ({ params, query, body }) => ({ params, query, body })),
  route(token, async ({ caller }) => ({ principal: caller.principal })),
  route(broken, async () => {
    throw new Error('secret detail');
  }),
  route(unknown, async () => {
    throw new AttuneError('model_not_found', { param: 'model', message: 'No model x.' });
  }),
  route(events, async ({ signal }) => eventStream(endless(signal))),
  route(failing, async () => eventStream(fallingOver())),
];

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

const app = await openTestApp('pglite', routes);
await mkdir(join(app.webFolder, 'assets'), { recursive: true });
await writeFile(join(app.webFolder, 'index.html'), '<!doctype html><title>Attune</title>');
await writeFile(join(app.webFolder, 'assets/page-1a2b.js'), 'export {};');
await writeFile(join(app.webFolder, 'assets/page-1a2b.js.br'), brotliCompressSync('export {};'));
await writeFile(join(app.webFolder, 'assets/page-1a2b.js.gz'), gzipSync('export {};'));
await writeFile(join(app.webFolder, '../private.txt'), 'not for the web');

describe('the HTTP application', () => {
  test('validates params, query and body, and fills in defaults', async () => {
    const { status, body } = await app.call('POST', '/api/echo/a%20b', { text: 'x', other: 1 });
    assert.equal(status, 200);
    assert.deepEqual(body, { params: { name: 'a b' }, query: { times: 1 }, body: { text: 'x' } });
  });

  test('names the field that is wrong, as a dotted path', async () => {
    const wrong = async (path: string, body: unknown) => errorOf(await app.call('POST', path, body));
    const { code, param, message } = await wrong('/api/echo/a', { text: 'x', deep: { list: [1, 'two'] } });
    assert.equal(code, 'invalid_request');
    assert.equal(param, 'deep.list.1');
    assert.match(String(message), /^`deep\.list\.1`: /);
    assert.equal((await wrong('/api/echo/a', { text: 5 })).param, 'text');
    assert.equal((await wrong('/api/echo/a', {})).param, 'text');
    assert.equal((await wrong('/api/echo/a', [])).param, '');
    assert.equal((await wrong('/api/echo/a?times=0', { text: 'x' })).param, 'times');
    assert.equal((await wrong('/api/echo/a?times=many', { text: 'x' })).param, 'times');
    assert.equal((await wrong('/api/echo/abcdefghijk', { text: 'x' })).param, 'name');
  });

  test('answers every failure in the shape of the catalogue', async () => {
    const answer = await app.call('GET', '/api/unknown', undefined, {
      authorization: `Bearer ${app.identity.localKey}`,
      'x-request-id': 'my-id.1',
    });
    assert.equal(answer.status, 404);
    assert.deepEqual(answer.body, {
      error: {
        code: 'model_not_found',
        message: 'No model x.',
        type: 'not_found_error',
        param: 'model',
        hint: errorCatalogue.model_not_found.hint,
        request_id: 'my-id.1',
      },
    });
    assert.equal(answer.headers.get('x-request-id'), 'my-id.1');
    assert.equal(answer.headers.get('cache-control'), 'no-store');
  });

  test('hides the inside of what it did not expect, and logs it under the request id', async () => {
    const answer = await app.call('GET', '/api/broken');
    assert.equal(answer.status, 500);
    assert.ok(!JSON.stringify(answer.body).includes('secret detail'));
    const { code, request_id: id } = errorOf(answer);
    assert.equal(code, 'internal_error');
    const line = app.logged.find((entry) => entry.includes(String(id)));
    assert.ok(line?.includes('secret detail'));
  });

  test('makes a request id of its own where the given one is not a plain word', async () => {
    const headers = { 'x-request-id': 'bad id <script>' };
    for (const path of ['/api/me', '/nothing/here.js', '/healthz', '/openapi.json']) {
      const { headers: got } = await app.call('GET', path, undefined, headers);
      assert.match(got.get('x-request-id') ?? '', /^[0-9a-f-]{36}$/, path);
      const given = await app.call('GET', path, undefined, { 'x-request-id': 'trace:7' });
      assert.equal(given.headers.get('x-request-id'), 'trace:7', path);
    }
  });

  test('refuses a body that is not JSON', async () => {
    for (const body of ['{', '{"text": }', 'text=x', '{"text":"x"}}']) {
      const answer = await app.call('POST', '/api/echo/a', body);
      assert.equal(answer.status, 400, body);
      assert.equal(errorOf(answer).code, 'malformed_json');
    }
  });

  test('refuses another content type', async () => {
    const authorization = `Bearer ${app.identity.localKey}`;
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', 'json']) {
      const answer = await app.call('POST', '/api/echo/a', '{"text":"x"}', {
        'content-type': type,
        authorization,
      });
      assert.equal(answer.status, 415, type);
    }
    for (const type of [
      'application/json; charset=utf-8',
      'application/merge-patch+json',
      'APPLICATION/JSON',
    ]) {
      const answer = await app.call('POST', '/api/echo/a', '{"text":"x"}', {
        'content-type': type,
        authorization,
      });
      assert.equal(answer.status, 200, type);
    }
  });

  for (const way of ['content-length', 'chunked'] as const) {
    test(`refuses a body that is too large (${way}); the connection serves the next request`, async () => {
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      const text = 'x'.repeat(3_000_000);
      const send = (body: string) =>
        new Promise<{ status: number; port: number | undefined }>((resolve, reject) => {
          const authorization = `Bearer ${app.identity.localKey}`;
          const headers = { authorization, 'content-type': 'application/json' };
          const length = way === 'chunked' ? {} : { 'content-length': String(Buffer.byteLength(body)) };
          const options = { agent, host: '127.0.0.1', port: app.port, method: 'POST', path: '/api/echo/a' };
          const request = sendRequest({ ...options, headers: { ...headers, ...length } }, (response) => {
            response.resume();
            response.once('end', () =>
              resolve({ status: response.statusCode ?? 0, port: request.socket?.localPort }),
            );
          });
          request.once('error', reject);
          for (let at = 0; at < body.length; at += 50_000) request.write(body.slice(at, at + 50_000));
          request.end();
        });
      const large = await send(JSON.stringify({ text }));
      assert.equal(large.status, 413);
      const next = await send(JSON.stringify({ text: 'small' }));
      assert.equal(next.status, 200);
      assert.equal(next.port, large.port, 'on the same connection');
      agent.destroy();
    });
  }

  test('takes a body of just the size that is allowed', async () => {
    const frame = JSON.stringify({ text: '' }).length;
    const fits = await app.call('POST', '/api/echo/a', { text: 'x'.repeat(100_000 - frame) });
    assert.equal(fits.status, 200);
    const over = await app.call('POST', '/api/echo/a', { text: 'x'.repeat(100_001 - frame) });
    assert.equal(over.status, 413);
  });

  test('says route_not_found for unknown addresses and methods', async () => {
    for (const [method, path] of [
      ['GET', '/api/nothing'],
      ['GET', '/api'],
      ['GET', '/v1/nothing.js'],
      ['PUT', '/api/me'],
      ['POST', '/'],
      ['OPTIONS', '/api/me'],
    ] as const) {
      const answer = await app.call(method, path);
      assert.equal(answer.status, 404, path);
      ErrorBody.parse(answer.body);
    }
  });

  test('serves the web page under every address without an extension, with a strict policy', async () => {
    for (const path of ['/', '/sign-in', '/feedback/some-id', '/a%2fb', '/%zz', '/deploy/reward@1.0.0']) {
      const { status, headers, text } = await sendRaw(app, 'GET', path);
      assert.equal(status, 200, path);
      assert.match(text, /<title>Attune/);
      assert.match(String(headers['content-security-policy']), /default-src 'none'; script-src 'self'/);
      assert.equal(headers['x-frame-options'], 'DENY');
      assert.equal(headers['cache-control'], 'no-cache');
    }
    const asset = await sendRaw(app, 'GET', '/assets/page-1a2b.js');
    assert.equal(asset.headers['content-type'], 'text/javascript; charset=utf-8');
    assert.match(String(asset.headers['cache-control']), /immutable/);
  });

  test('sends a file in the best coding that it has and the client takes', async () => {
    const coding = async (path: string, accepted: string) => {
      const response = await fetch(`${app.url}${path}`, { headers: { 'accept-encoding': accepted } });
      const page = path === '/' ? /<title>Attune/ : /^export {};$/;
      assert.match(await response.text(), page, `${path} for ${accepted}`);
      assert.equal(response.headers.get('vary'), 'accept-encoding');
      return response.headers.get('content-encoding');
    };
    const script = '/assets/page-1a2b.js';
    assert.equal(await coding(script, 'gzip, deflate, br, zstd'), 'br');
    assert.equal(await coding(script, 'GZIP;q=0.5'), 'gzip');
    assert.equal(await coding(script, 'br;q=0, gzip'), 'gzip');
    assert.equal(await coding(script, 'identity'), null);
    assert.equal(await coding('/', 'br, gzip'), null, 'it was not left compressed');
  });

  test('sends nothing to who has it already', async () => {
    const script = `${app.url}/assets/page-1a2b.js`;
    const get = (headers: Record<string, string>) =>
      fetch(script, { headers: { 'accept-encoding': 'br', ...headers } });
    const tag = (await get({})).headers.get('etag') ?? '';
    assert.match(tag, /^"[\w-]{27}"$/);
    for (const known of [tag, `W/${tag}`, `"other", ${tag}`, '*']) {
      const again = await get({ 'if-none-match': known });
      assert.equal(again.status, 304, known);
      assert.equal(again.headers.get('etag'), tag);
      assert.match(String(again.headers.get('cache-control')), /immutable/);
      assert.equal(await again.text(), '');
    }
    assert.equal((await get({ 'if-none-match': '"other"' })).status, 200);
    const plain = await get({ 'accept-encoding': 'identity', 'if-none-match': tag });
    assert.equal(plain.status, 200, 'each coding has a tag of its own');
    const head = await fetch(script, { method: 'HEAD', headers: { 'if-none-match': '*' } });
    assert.equal(head.status, 304);
  });

  test('keeps to its folder and stands addresses that no file can have', async () => {
    const paths = [
      '/../private.txt',
      '/..%2fprivate.txt',
      '/..%2f..%2fprivate',
      '/%2e%2e/private.txt',
      '/assets/..%2f..%2fprivate.txt',
      '/..%5cprivate.txt',
      '/%2e%2e%2f%2e%2e%2fprivate.txt',
      '/a%00.txt',
      '/%zz.js',
      '/%.html',
      '/%c3%28.css',
      `/${'long/'.repeat(200)}name.js`,
      `/${'x'.repeat(3000)}.js`,
      '/assets.d/',
      '/missing.js',
    ];
    for (const path of paths) {
      const { status, text } = await sendRaw(app, 'GET', path);
      assert.equal(status, 404, `${path}: ${text}`);
    }
  });

  test('answers HEAD like GET without a body', async () => {
    for (const path of ['/', '/healthz', '/docs', '/openapi.json']) {
      const { status, text } = await sendRaw(app, 'HEAD', path);
      assert.equal(status, 200, path);
      assert.equal(text, '');
    }
    const before = left.count;
    const response = await fetch(`${app.url}/api/events`, {
      method: 'HEAD',
      headers: { authorization: `Bearer ${app.identity.localKey}` },
    });
    assert.equal(response.status, 200);
    await until(() => left.count === before + 1);
  });

  test('describes itself', async () => {
    const docs = await sendRaw(app, 'GET', '/docs');
    assert.match(String(docs.headers['content-security-policy']), /default-src 'none'/);
    assert.ok(docs.text.includes('Bearer &lt;key&gt;'), 'text of the catalogue is escaped');
    assert.ok(!docs.text.includes('<key>'));
    assert.ok(docs.text.includes('/api/assistant/feedback'));
    const { body } = await app.call('GET', '/openapi.json');
    assert.equal(body.openapi, '3.1.0');
    const { schemas } = z.object({ schemas: z.record(z.string(), z.unknown()) }).parse(body.components);
    const references = JSON.stringify(body).match(/"#\/components\/schemas\/[^"]+"/g) ?? [];
    const unknown = references.filter((it) => !(it.slice('"#/components/schemas/'.length, -1) in schemas));
    assert.ok(references.length > 100);
    assert.deepEqual(unknown, [], 'whatever is referred to is there');
    assert.deepEqual((await app.call('GET', '/healthz')).body, { status: 'ok', version: '0.0.0' });
    assert.equal((await app.call('GET', '/readyz')).status, 200);
    const metrics = await sendRaw(app, 'GET', '/metrics');
    assert.equal(metrics.text, 'up 1\n');
  });

  test('lets a page of any origin use what takes feedback tokens, and nothing else', async () => {
    const origin = 'https://shop.example';
    const asked = { origin, 'access-control-request-method': 'POST' };
    const allowed = await app.call('OPTIONS', '/api/token', undefined, asked);
    assert.equal(allowed.status, 204);
    assert.equal(allowed.headers.get('access-control-allow-origin'), '*');
    assert.match(allowed.headers.get('access-control-allow-headers') ?? '', /authorization/);
    assert.equal(allowed.headers.get('access-control-allow-credentials'), null);
    const refused = await app.call('POST', '/api/token', undefined, {
      origin,
      authorization: 'Bearer fbt_x.y',
    });
    assert.equal(refused.status, 401);
    assert.equal(refused.headers.get('access-control-allow-origin'), '*', 'the page can read the error');
    const other = await app.call('OPTIONS', '/api/me', undefined, asked);
    assert.equal(other.headers.get('access-control-allow-origin'), null);
  });

  test('a stream ends its source when the client leaves', async () => {
    const before = left.count;
    const client = new AbortController();
    const response = await fetch(`${app.url}/api/events`, {
      headers: { authorization: `Bearer ${app.identity.localKey}` },
      signal: client.signal,
    });
    assert.equal(response.headers.get('content-type'), 'text/event-stream; charset=utf-8');
    const reader = response.body?.getReader();
    assert.equal(Buffer.from((await reader?.read())?.value ?? []).toString(), 'data: {"first":true}\n\n');
    client.abort();
    await until(() => left.count === before + 1);
  });

  test('a stream whose source fails ends, and the failure is logged', async () => {
    const { text } = await sendRaw(app, 'GET', '/api/failing', {
      authorization: `Bearer ${app.identity.localKey}`,
    });
    assert.equal(text, 'data: {"first":true}\n\n');
    assert.ok(app.logged.some((line) => line.includes('the source broke')));
  });
});

test('while the server shuts down, it takes no new work and ends streams of events', async () => {
  const app = await openTestApp('pglite', routes);
  const stream = await fetch(`${app.url}/api/events`, {
    headers: { authorization: `Bearer ${app.identity.localKey}` },
  });
  app.drain();
  assert.equal(await stream.text(), 'data: {"first":true}\n\n', 'the stream ends as a stream ends');
  const answer = await app.call('GET', '/api/me');
  assert.equal(answer.status, 503);
  assert.equal(errorOf(answer).code, 'overloaded');
  assert.ok(Number(answer.headers.get('retry-after')) >= 1);
  assert.equal((await app.call('GET', '/readyz')).status, 503);
  assert.equal((await app.call('GET', '/healthz')).status, 200);
});
