import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { endpoints } from '@attune/contracts';
import { createClient } from './client.ts';
import { endpointTable } from './endpoints.ts';
import { AttuneApiError } from './error.ts';

/** A server that answers as the test says, and keeps what it was asked. */
async function serve(
  t: TestContext,
  answer: (response: ServerResponse, request: IncomingMessage) => unknown,
) {
  const asked: {
    method: string | undefined;
    url: string | undefined;
    headers: IncomingMessage['headers'];
    body: string;
  }[] = [];
  const server = createServer(async (request, response) => {
    const { method, url, headers } = request;
    asked.push({ method, url, headers, body: await text(request) });
    await answer(response, request);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, asked, server };
}

function json(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}

const question = { body: { messages: [{ role: 'user' as const, content: 'Hi' }] } };

async function collect<Item>(source: AsyncIterable<Item>): Promise<Item[]> {
  const items: Item[] = [];
  for await (const item of source) items.push(item);
  return items;
}

test('there is a method for every endpoint, at its address', () => {
  const client = createClient({ url: 'http://attune.test' });
  assert.deepEqual(Object.keys(endpointTable), Object.keys(endpoints));
  for (const [id, { method, path }] of Object.entries(endpoints)) {
    assert.equal(typeof client[id as keyof typeof endpoints], 'function');
    const row = endpointTable[id as keyof typeof endpoints];
    assert.deepEqual([row.method, row.path], [method, path]);
  }
});

test('sends the body as JSON, with the key', async (t) => {
  const { url, asked } = await serve(t, (response) =>
    json(response, 200, { choices: [], attune: { response: 'Hello' } }),
  );
  const client = createClient({ url: `${url}/`, apiKey: 'atn_secret' });
  const answer = await client.chatCompletions(question, { idempotencyKey: 'once-1' });
  assert.equal(answer.attune.response, 'Hello');
  const [request] = asked;
  assert.equal(request?.method, 'POST');
  assert.equal(request?.url, '/v1/chat/completions');
  assert.deepEqual(JSON.parse(request?.body ?? ''), question.body);
  assert.equal(request?.headers['content-type'], 'application/json');
  assert.equal(request?.headers.authorization, 'Bearer atn_secret');
  assert.equal(request?.headers['idempotency-key'], 'once-1');
});

test('encodes params and query', async (t) => {
  const { url, asked } = await serve(t, (response) => json(response, 200, { items: [], next_cursor: null }));
  const client = createClient({ url });
  await client.getModel({ params: { id: 'näme/with?odd#signs@1.0.0 %' } });
  await client.listFeedback({ query: { tag: 'a&b=c d', limit: 5, user_id: undefined, min_rating: 0 } });
  await client.listFeedback({ query: {} });
  await client.listModels();
  assert.deepEqual(
    asked.map((request) => request.url),
    [
      '/api/models/n%C3%A4me%2Fwith%3Fodd%23signs%401.0.0%20%25',
      '/api/feedback?tag=a%26b%3Dc+d&limit=5&min_rating=0',
      '/api/feedback',
      '/api/models',
    ],
  );
  assert.equal(asked[0]?.headers['content-type'], undefined);
  assert.equal(asked[0]?.headers.authorization, undefined);
});

test('asks the page’s own server where no address is given', async () => {
  const addresses: unknown[] = [];
  const client = createClient({
    url: '',
    fetch: async (address) => {
      addresses.push(address);
      return Response.json({ ok: true });
    },
  });
  await client.signOut();
  await createClient({
    url: '/attune',
    fetch: async (address) => Response.json(addresses.push(address)),
  }).whoAmI();
  assert.deepEqual(addresses, ['/api/sign-out', '/attune/api/me']);
});

test('gives a download as bytes', async (t) => {
  const { url } = await serve(t, (response) => response.end(Buffer.from([0, 255, 10, 13])));
  const bytes = await createClient({ url }).downloadExport({ params: { id: 'x', sha256: 'y' } });
  assert.deepEqual([...bytes], [0, 255, 10, 13]);
});

test('throws the error that the server answers', async (t) => {
  const error = {
    code: 'rate_limited',
    message: 'Too many requests.',
    type: 'rate_limit_error',
    param: 'rating',
    hint: 'Wait.',
    request_id: 'r-1',
  };
  const { url } = await serve(t, (response) => json(response, 429, { error }, { 'retry-after': '7' }));
  const thrown = await createClient({ url })
    .whoAmI()
    .catch((caught: unknown) => caught);
  assert.ok(thrown instanceof AttuneApiError);
  const { code, status, message, param, hint, requestId, retryAfterSeconds } = thrown;
  assert.deepEqual(
    { code, status, message, param, hint, requestId, retryAfterSeconds },
    {
      code: 'rate_limited',
      status: 429,
      message: 'Too many requests.',
      param: 'rating',
      hint: 'Wait.',
      requestId: 'r-1',
      retryAfterSeconds: 7,
    },
  );
});

test('stands error answers that Attune did not write', async (t) => {
  const bodies = [
    '<html>Bad gateway</html>',
    'null',
    '[]',
    '{"error":"text"}',
    '{"error":null}',
    '{"error":{"code":5}}',
    '',
  ];
  const { url } = await serve(t, (response) => {
    response.writeHead(502, { 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' });
    response.end(bodies.shift());
  });
  for (const _ of [...bodies]) {
    await assert.rejects(createClient({ url }).whoAmI(), {
      name: 'AttuneApiError',
      code: 'unknown',
      status: 502,
      message: 'The server answered 502.',
      retryAfterSeconds: null,
    });
  }
});

test('says so when what answers is no Attune server', async (t) => {
  const { url } = await serve(t, (response) => response.end('<html>Welcome</html>'));
  await assert.rejects(createClient({ url }).whoAmI(), {
    name: 'AttuneApiError',
    code: 'unknown',
    status: 200,
  });
});

test('says `unreachable` when nobody answers, or stops in the middle', async (t) => {
  const cutting = await serve(t, (response) => {
    response.writeHead(200, { 'content-length': '1000' });
    response.write('{"kind":');
    setTimeout(() => response.destroy(), 10);
  });
  const cut = createClient({ url: cutting.url });
  await assert.rejects(cut.whoAmI(), { code: 'unreachable', status: 0 });
  await assert.rejects(cut.downloadExport({ params: { id: 'x', sha256: 'y' } }), { code: 'unreachable' });
  await assert.rejects(collect(cut.watchCounters()), { code: 'unreachable' });
  cutting.server.closeAllConnections();
  cutting.server.close();
  await once(cutting.server, 'close');
  await assert.rejects(cut.whoAmI(), {
    name: 'AttuneApiError',
    code: 'unreachable',
    status: 0,
    message: `No Attune server answers at ${cutting.url}.`,
  });
});

test('yields the events of a stream, and stops at [DONE]', async (t) => {
  const { url, asked } = await serve(t, (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.end(
      ': hello\n\ndata: {"id":"a","choices":[]}\n\ndata: {"id":"b","choices":[]}\n\ndata: [DONE]\n\ndata: {"id":"c"}\n\n',
    );
  });
  const chunks = await collect(createClient({ url }).streamChat(question));
  assert.deepEqual(
    chunks.map(({ id }) => id),
    ['a', 'b'],
  );
  assert.equal(JSON.parse(asked[0]?.body ?? '').stream, true);
});

test('reads a stream to its end, although nothing comes after [DONE]', async (t) => {
  const { url, server } = await serve(t, async (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write('data: {"id":"a","choices":[]}\n\ndata: [DONE]\n\n');
    // Time for a client to hang up.
    await Promise.race([once(response, 'close'), sleep(100)]);
    server.emit('ended early', response.destroyed);
    response.end();
  });
  const early = once(server, 'ended early');
  await collect(createClient({ url }).streamChat(question));
  assert.deepEqual(await early, [false]);
});

test('throws an error that comes in a stream', async (t) => {
  const error = { code: 'upstream_timeout', message: 'Too slow.', hint: 'Again.', request_id: 'r-2' };
  const { url } = await serve(t, (response) => {
    response.end(`data: {"id":"a","choices":[]}\n\ndata: ${JSON.stringify({ error })}\n\n`);
  });
  const seen: string[] = [];
  const reading = async () => {
    for await (const { id } of createClient({ url }).streamChat(question)) seen.push(id);
  };
  await assert.rejects(reading(), { name: 'AttuneApiError', code: 'upstream_timeout', requestId: 'r-2' });
  assert.deepEqual(seen, ['a']);
});

test('hangs up when the reader stops reading', async (t) => {
  const gone = Promise.withResolvers<void>();
  const { url } = await serve(t, (response) => {
    response.once('close', () => gone.resolve());
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write('data: {"answers":1}\n\n');
  });
  for await (const { answers } of createClient({ url }).watchCounters()) {
    assert.equal(answers, 1);
    break;
  }
  await gone.promise;
});

test('an aborted call throws the reason of its signal, before and within the answer', async (t) => {
  const { url } = await serve(t, (response, request) => {
    if (request.url === '/api/metrics/live/events') response.write('data: {"answers":1}\n\n');
  });
  const client = createClient({ url });
  const before = AbortSignal.abort(new Error('not now'));
  await assert.rejects(client.whoAmI({}, { signal: before }), /not now/);
  const waiting = new AbortController();
  const call = client.whoAmI({}, { signal: waiting.signal });
  setTimeout(() => waiting.abort(), 10);
  await assert.rejects(call, { name: 'AbortError' });
  const within = new AbortController();
  const reading = async () => {
    for await (const _ of client.watchCounters({}, { signal: within.signal })) within.abort();
  };
  await assert.rejects(reading(), { name: 'AbortError' });
});
